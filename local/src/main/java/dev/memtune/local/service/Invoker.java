// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.service;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import dev.memtune.local.function.Configuration;
import dev.memtune.local.function.DeployedFunction;
import dev.memtune.local.function.Deployment;
import dev.memtune.local.function.FunctionReference;
import dev.memtune.local.function.LambdaFault;
import dev.memtune.local.function.Lifecycle;
import dev.memtune.local.function.Version;
import dev.memtune.local.process.FunctionRunner;
import dev.memtune.local.process.Invocation;
import dev.memtune.local.process.InvocationResult;
import dev.memtune.local.process.NotRun;
import dev.memtune.local.process.RunnableVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/**
 * Invoke.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html">Invoke</a>
 */
final class Invoker {
    /** The largest request and response of a synchronous invocation. */
    static final int MAX_PAYLOAD_BYTES = 6 * 1024 * 1024;

    /** The largest event of an asynchronous invocation. */
    private static final int MAX_EVENT_BYTES = 1024 * 1024;

    /** What a response may have beyond the request's limit, as AWS's own message tells. */
    private static final int MAX_RESPONSE_BYTES = MAX_PAYLOAD_BYTES + 100;

    private static final int MAX_CONTEXT_BYTES = 3_583;
    private static final int TAIL_BYTES = 4 * 1024;
    private static final int ACCEPTED = 202;

    /** How many asynchronous invocations may wait or run. */
    private static final int MAX_EVENTS = 1_000;

    private static final JsonFactory JSON = new JsonFactory();

    private final Context context;
    private final FunctionRunner runner;
    private final Pools pools;
    private final Concurrency concurrency;
    private final Chance chance;
    private final ExecutorService executor;
    private final Consumer<String> log;
    private final Semaphore events = new Semaphore(MAX_EVENTS);

    Invoker(
            Context context,
            FunctionRunner runner,
            Pools pools,
            Concurrency concurrency,
            Chance chance,
            ExecutorService executor,
            Consumer<String> log) {
        this.context = context;
        this.runner = runner;
        this.pools = pools;
        this.concurrency = concurrency;
        this.chance = chance;
        this.executor = executor;
        this.log = log;
    }

    void addTo(Routes routes) {
        routes.add("Invoke", "POST /2015-03-31/functions/{FunctionName}/invocations", this::invoke);
    }

    /**
     * What an invocation runs.
     *
     * @param function the function's name
     * @param runnable the version
     */
    private record Target(String function, RunnableVersion runnable) {}

    private Reply invoke(Request request) throws InterruptedException {
        String type = request.headerText("X-Amz-Invocation-Type").orElse("RequestResponse");
        Optional<String> logType = request.headerText("X-Amz-Log-Type");
        Constraints constraints = new Constraints();
        constraints.oneOf("invocationType", Optional.of(type), List.of("Event", "RequestResponse", "DryRun"));
        constraints.oneOf("logType", logType, List.of("None", "Tail"));
        constraints.enforce();
        FunctionReference reference = request.function(context.arns());
        Invocation invocation = invocation(request, reference, type);
        Target target = target(reference);
        return switch (type) {
            case "DryRun" -> Reply.noContent();
            case "Event" -> accept(target, invocation);
            default ->
                answered(
                        target,
                        run(target, invocation),
                        logType.filter("Tail"::equals).isPresent());
        };
    }

    private Invocation invocation(Request request, FunctionReference reference, String type) {
        int limit = type.equals("Event") ? MAX_EVENT_BYTES : MAX_PAYLOAD_BYTES;
        byte[] payload = request.body().length == 0 ? "{}".getBytes(StandardCharsets.UTF_8) : request.body();
        if (payload.length > limit) {
            throw LambdaFault.of(
                    LambdaFault.Kind.REQUEST_TOO_LARGE,
                    "Request must be smaller than " + limit + " bytes for the InvokeFunction operation");
        }
        requireJson(payload);
        Optional<String> clientContext = type.equals("Event")
                ? Optional.empty()
                : request.headerText("X-Amz-Client-Context").map(Invoker::clientContext);
        return new Invocation(request.requestId(), reference.arn(context.arns()), payload, clientContext);
    }

    private static void requireJson(byte[] payload) {
        try (JsonParser parser = JSON.createParser(payload)) {
            if (parser.nextToken() == null) {
                throw malformed("No content to map due to end-of-input");
            }
            parser.skipChildren();
            if (parser.nextToken() != null) {
                throw malformed("Unexpected content after the JSON value");
            }
        } catch (IOException e) {
            throw malformed(String.valueOf(e.getMessage()).lines().findFirst().orElse("not JSON"));
        }
    }

    private static LambdaFault malformed(String why) {
        return LambdaFault.of(
                LambdaFault.Kind.INVALID_REQUEST_CONTENT, "Could not parse request body into json: " + why);
    }

    private static String clientContext(String base64) {
        byte[] decoded;
        try {
            decoded = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw LambdaFault.of(LambdaFault.Kind.INVALID_REQUEST_CONTENT, "Client context must be base64");
        }
        if (base64.length() > MAX_CONTEXT_BYTES) {
            throw LambdaFault.of(
                    LambdaFault.Kind.REQUEST_TOO_LARGE,
                    "Client context must be at most " + MAX_CONTEXT_BYTES + " bytes, got: " + base64.length());
        }
        return new String(decoded, StandardCharsets.UTF_8);
    }

    private Target target(FunctionReference reference) {
        DeployedFunction function = context.account().function(reference);
        String qualifier = reference.qualifier().orElse(DeployedFunction.LATEST);
        String number = function.alias(qualifier)
                .map(alias -> alias.canary().isPresent() ? alias.route(chance.draw()) : alias.version())
                .orElse(qualifier);
        if (number.equals(DeployedFunction.LATEST)) {
            return latest(function);
        }
        Version version = function.version(number)
                .orElseThrow(() -> LambdaFault.notFound("Function not found: " + reference.arn(context.arns())));
        if (version.isPending(context.account().now())) {
            throw Lifecycle.pending();
        }
        String identity = pools.identity(function.name(), version.number());
        Deployment deployment = new Deployment(identity, version.configuration(), version.code());
        return new Target(function.name(), runnable(function, number, identity, deployment));
    }

    private Target latest(DeployedFunction function) {
        if (function.latest().isPending()) {
            throw Lifecycle.pending();
        }
        Deployment served = function.latest().served();
        String identity = pools.latestIdentity(function);
        return new Target(function.name(), runnable(function, DeployedFunction.LATEST, identity, served));
    }

    private RunnableVersion runnable(
            DeployedFunction function, String version, String identity, Deployment deployment) {
        Configuration configuration = deployment.configuration();
        return new RunnableVersion(
                identity,
                function.name(),
                version,
                configuration.runtime(),
                configuration.handler(),
                context.code().directory(deployment.code()),
                configuration.memoryMB(),
                Duration.ofSeconds(configuration.timeoutSeconds()),
                configuration.environment());
    }

    private InvocationResult run(Target target, Invocation invocation) throws InterruptedException {
        concurrency.enter(target.function());
        try {
            pools.enter(target.runnable().versionArn());
            try {
                return runner.invoke(target.runnable(), invocation);
            } catch (NotRun e) {
                throw fault(e);
            } finally {
                pools.leave(target.runnable().versionArn());
            }
        } finally {
            concurrency.leave(target.function());
        }
    }

    private static LambdaFault fault(NotRun refusal) {
        return switch (refusal.reason()) {
            case RUNTIME -> LambdaFault.of(LambdaFault.Kind.INVALID_RUNTIME, refusal.text());
            case BUSY -> LambdaFault.throttled("ConcurrentInvocationLimitExceeded");
            case HOST -> LambdaFault.of(LambdaFault.Kind.SERVICE, refusal.text());
        };
    }

    /** Accepts an event and runs it once, without AWS's retries; a failure is logged and goes nowhere else. */
    private Reply accept(Target target, Invocation invocation) {
        if (!events.tryAcquire()) {
            throw LambdaFault.throttled("FunctionInvocationRateLimitExceeded");
        }
        executor.execute(() -> {
            try {
                runEvent(target, invocation);
            } finally {
                events.release();
            }
        });
        return new Reply(ACCEPTED, Map.of(), new byte[0], "");
    }

    private void runEvent(Target target, Invocation invocation) {
        try {
            InvocationResult result = run(target, invocation);
            result.functionError()
                    .ifPresent(error -> log.accept("asynchronous invocation " + invocation.requestId() + " of "
                            + target.function() + " failed: " + error));
        } catch (LambdaFault e) {
            log.accept("asynchronous invocation " + invocation.requestId() + " of " + target.function() + " dropped: "
                    + e.text());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            log.accept("asynchronous invocation " + invocation.requestId() + " of " + target.function() + " stopped");
        }
    }

    private static Reply answered(Target target, InvocationResult result, boolean tail) {
        boolean tooLarge = result.payload().length > MAX_RESPONSE_BYTES;
        Map<String, String> headers = new TreeMap<>();
        headers.put("Content-Type", "application/json");
        headers.put("X-Amz-Executed-Version", target.runnable().version());
        if (tooLarge) {
            headers.put("X-Amz-Function-Error", "Unhandled");
        } else {
            result.functionError().ifPresent(error -> headers.put("X-Amz-Function-Error", error));
        }
        if (tail) {
            headers.put("X-Amz-Log-Result", Base64.getEncoder().encodeToString(tail(result.log())));
        }
        return new Reply(200, headers, tooLarge ? responseTooLarge() : result.payload(), "");
    }

    private static byte[] tail(byte[] log) {
        return log.length <= TAIL_BYTES ? log : Arrays.copyOfRange(log, log.length - TAIL_BYTES, log.length);
    }

    private static byte[] responseTooLarge() {
        return Reply.ok(Reply.object()
                        .put(
                                "errorMessage",
                                "Response payload size exceeded maximum allowed payload size (" + MAX_RESPONSE_BYTES
                                        + " bytes).")
                        .put("errorType", "Function.ResponseSizeTooLarge"))
                .body();
    }
}
