// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.port;

import dev.memtune.core.function.AccountLimits;
import dev.memtune.core.function.AliasConfiguration;
import dev.memtune.core.function.FunctionConfiguration;
import dev.memtune.core.function.ProvisionedConcurrency;
import dev.memtune.core.logs.Attempt;
import dev.memtune.core.logs.ReportLookup;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * AWS Lambda in memory: control plane and invocations, on a clock of the test's. Every call is recorded and passes the
 * hook. What foreign actors do is done on {@link #function}. Safe for use by many threads.
 */
public final class InMemoryLambda implements FunctionControl, FunctionInvoker {
    private final VirtualClock clock;
    private final Map<String, ModelFunction> functions = new HashMap<>();
    private final Map<String, Integer> invocations = new HashMap<>();
    private final List<LambdaCall> calls = new ArrayList<>();
    private final List<EventLog> eventLogs = new ArrayList<>();
    private CallHook hook = CallHook.NONE;
    private Workload workload = Workload.cpuBound();
    private AccountLimits limits = new AccountLimits(OptionalInt.of(1000), OptionalLong.of(1L << 36));
    private Map<String, String> tags = Map.of();

    /** @param clock what updates and activations are timed with */
    public InMemoryLambda(VirtualClock clock) {
        this.clock = clock;
    }

    /** Adds a function, never published. */
    public synchronized ModelFunction add(String name, int memoryMB) {
        ModelFunction function = new ModelFunction(name, memoryMB, clock);
        functions.put(name, function);
        return function;
    }

    /** The function of this name or ARN. */
    public synchronized ModelFunction function(String nameOrArn) {
        String name = nameOrArn.substring(nameOrArn.lastIndexOf(':') + 1);
        ModelFunction function = functions.get(name);
        if (function == null) {
            throw new LambdaFault.NotFound("Function not found: " + nameOrArn, null);
        }
        return function;
    }

    /** What stands around every later call. */
    public synchronized void hook(CallHook newHook) {
        hook = newHook;
    }

    /** What functions do when invoked. */
    public synchronized void workload(Workload newWorkload) {
        workload = newWorkload;
    }

    /** The account's limits; a concurrency of 1,000 and 64 GB of code unless set. */
    public synchronized void limits(AccountLimits newLimits) {
        limits = newLimits;
    }

    /** Every function's tags. */
    public synchronized void tags(Map<String, String> newTags) {
        tags = Map.copyOf(newTags);
    }

    /** Every call so far, invocations included. */
    public synchronized List<LambdaCall> calls() {
        return List.copyOf(calls);
    }

    @Override
    public FunctionConfiguration configuration(String function, String qualifier) {
        return call("GetFunctionConfiguration", function, qualifier, () -> function(function)
                .configuration(qualifier));
    }

    @Override
    public FunctionConfiguration updateMemory(String function, int memoryMB, @Nullable String revisionId) {
        return call("UpdateFunctionConfiguration", function, memoryMB + " MB", () -> function(function)
                .updateMemory(memoryMB, revisionId));
    }

    @Override
    public FunctionConfiguration updateMemoryAndLogLevel(
            String function, int memoryMB, String systemLogLevel, @Nullable String revisionId) {
        return call(
                "UpdateFunctionConfiguration", function, memoryMB + " MB " + systemLogLevel, () -> function(function)
                        .updateMemoryAndLogLevel(memoryMB, systemLogLevel, revisionId));
    }

    @Override
    public FunctionConfiguration publishVersion(
            String function, @Nullable String codeSha256, @Nullable String revisionId, String description) {
        return call("PublishVersion", function, description, () -> function(function)
                .publish(codeSha256, revisionId, description));
    }

    @Override
    public void deleteVersion(String function, String version) {
        call("DeleteFunction", function, version, () -> {
            function(function).deleteVersion(version);
            return version;
        });
    }

    @Override
    public List<FunctionConfiguration> versions(String function) {
        return call(
                "ListVersionsByFunction", function, "", () -> function(function).versions());
    }

    @Override
    public Optional<AliasConfiguration> alias(String function, String name) {
        return call(
                "GetAlias",
                function,
                name,
                () -> Optional.ofNullable(function(function).aliases().get(name)));
    }

    @Override
    public List<AliasConfiguration> aliases(String function) {
        return call(
                "ListAliases",
                function,
                "",
                () -> List.copyOf(function(function).aliases().values()));
    }

    @Override
    public AliasConfiguration createAlias(String function, String name, String version, String description) {
        return call("CreateAlias", function, name + " -> " + version, () -> function(function)
                .createAlias(name, version, description));
    }

    @Override
    public AliasConfiguration updateAlias(
            String function, String name, String version, @Nullable String description, @Nullable String revisionId) {
        return call("UpdateAlias", function, name + " -> " + version, () -> function(function)
                .updateAlias(name, version, description, revisionId));
    }

    @Override
    public void deleteAlias(String function, String name) {
        call("DeleteAlias", function, name, () -> {
            function(function).deleteAlias(name);
            return name;
        });
    }

    @Override
    public OptionalInt reservedConcurrency(String function) {
        return call(
                "GetFunctionConcurrency", function, "", () -> function(function).reservedConcurrency());
    }

    @Override
    public AccountLimits accountLimits() {
        return call("GetAccountSettings", "", "", () -> limits);
    }

    @Override
    public Optional<ProvisionedConcurrency> provisionedConcurrency(String function, String qualifier) {
        return call("GetProvisionedConcurrencyConfig", function, qualifier, () -> function(function)
                .provisionedConcurrency(qualifier));
    }

    @Override
    public List<String> callersOfLatest(String function) {
        return call("ListEventSourceMappings", function, "", () -> function(function)
                .callersOfLatest());
    }

    @Override
    public List<String> failureDestinations(String function) {
        return call("ListFunctionEventInvokeConfigs", function, "", () -> function(function)
                .failureDestinations());
    }

    @Override
    public void stopRetries(String function, String alias) {
        call("PutFunctionEventInvokeConfig", function, alias, () -> {
            function(function).stopRetries(alias);
            return alias;
        });
    }

    @Override
    public void forgetRetries(String function, String alias) {
        call("DeleteFunctionEventInvokeConfig", function, alias, () -> {
            function(function).forgetRetries(alias);
            return alias;
        });
    }

    @Override
    public Map<String, String> tags(String functionArn) {
        return call("ListTags", functionArn, "", () -> tags);
    }

    @Override
    public Response invoke(Request request) {
        return call("Invoke", request.function(), request.qualifier(), () -> run(request));
    }

    @Override
    public String send(Request request) {
        return call("Invoke", request.function(), request.qualifier(), () -> runLater(request));
    }

    /** Runs an event, three times if it fails, unless retries were stopped; its log can be read when each run has ended. */
    private synchronized String runLater(Request request) {
        boolean once = function(request.function()).withoutRetries().contains(request.qualifier());
        Response first = run(request);
        Instant at = clock.instant();
        for (int attempt = 0; attempt < 3; attempt++) {
            Response response = attempt == 0 ? first : run(request);
            at = at.plus(EVENT_TIME);
            String log = new String(response.logTail(), StandardCharsets.UTF_8)
                    .replace(response.requestId(), first.requestId());
            eventLogs.add(new EventLog(first.requestId(), at, log));
            if (once || response.functionError() == null) {
                break;
            }
        }
        return first.requestId();
    }

    private record EventLog(String requestId, Instant readableAt, String text) {}

    /** How long every event takes until its log can be read; 40 seconds. */
    public static final Duration EVENT_TIME = Duration.ofSeconds(40);

    /** The logs of events; asking moves the clock as waiting does. */
    public ReportSource logs() {
        return new ReportSource() {
            @Override
            public ReportLookup find(Question question) throws InterruptedException {
                return ReportSource.NONE.find(question);
            }

            @Override
            public List<Attempt> attempts(Question question) {
                Instant stop = clock.instant().plus(question.patience());
                while (ended(question.requestId()).isEmpty()
                        && clock.instant().plusSeconds(2).isBefore(stop)) {
                    clock.sleep(Duration.ofSeconds(2));
                }
                return ended(question.requestId());
            }
        };
    }

    private synchronized List<Attempt> ended(String requestId) {
        StringBuilder log = new StringBuilder();
        eventLogs.stream()
                .filter(event -> event.requestId().equals(requestId))
                .filter(event -> !event.readableAt().isAfter(clock.instant()))
                .forEach(event -> log.append(event.text()));
        return Attempt.allOf(requestId, log.toString().getBytes(StandardCharsets.UTF_8));
    }

    private synchronized Response run(Request request) {
        FunctionConfiguration version = function(request.function()).configuration(request.qualifier());
        if (!version.isActive()) {
            throw new LambdaFault.NotReady(
                    "The function is currently in the following state: " + version.state(), null);
        }
        int number = invocations.merge(version.functionName() + ":" + version.version(), 1, Integer::sum) - 1;
        Workload.Run run = workload.run(version.memoryMB(), request.payload(), number);
        String requestId = String.format(Locale.ROOT, "00000000-0000-4000-8000-%012d", calls.size());
        String error = run.errorType() == null ? null : "Unhandled";
        String log = version.hidesReports() && error == null ? "" : report(requestId, version, run);
        byte[] tail = log.getBytes(StandardCharsets.UTF_8);
        return new Response(requestId, error, run.payload(), tail, version.version());
    }

    /**
     * The tail in AWS's text format, billed including init:
     * <a href="https://docs.aws.amazon.com/lambda/latest/dg/python-logging.html">log of a function</a>.
     */
    private static String report(String requestId, FunctionConfiguration version, Workload.Run run) {
        Double initMs = run.initMs();
        long billedMs = (long) Math.ceil(run.durationMs() + (initMs == null ? 0 : initMs));
        String init = initMs == null ? "" : String.format(Locale.ROOT, "Init Duration: %.2f ms\t", initMs);
        String status = run.errorType() == null ? "" : "Status: error\tError Type: " + run.errorType();
        String line = String.format(
                Locale.ROOT,
                "REPORT RequestId: %s\tDuration: %.2f ms\tBilled Duration: %d ms\tMemory Size: %d MB\tMax Memory Used: %d MB\t%s%s",
                requestId,
                run.durationMs(),
                billedMs,
                version.memoryMB(),
                run.maxMemoryMB(),
                init,
                status);
        return "START RequestId: " + requestId + " Version: " + version.version() + "\nEND RequestId: " + requestId
                + "\n" + line + "\n";
    }

    private <T> T call(String action, String function, String detail, Supplier<T> effect) {
        LambdaCall call;
        CallHook around;
        synchronized (this) {
            call = new LambdaCall(calls.size() + 1, action, function, detail);
            calls.add(call);
            around = hook;
        }
        return around.around(call, effect);
    }
}
