// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.service;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import dev.memtune.local.function.FunctionReference;
import dev.memtune.local.function.LambdaFault;
import dev.memtune.local.process.Invocation;
import dev.memtune.local.process.InvocationResult;
import dev.memtune.local.service.Invocations.Target;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

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

    private static final JsonFactory JSON = new JsonFactory();

    private final Context context;
    private final Invocations invocations;
    private final EventQueue events;

    Invoker(Context context, Invocations invocations, EventQueue events) {
        this.context = context;
        this.invocations = invocations;
        this.events = events;
    }

    void addTo(Routes routes) {
        routes.add("Invoke", "POST /2015-03-31/functions/{FunctionName}/invocations", this::invoke);
    }

    private Reply invoke(Request request) throws IOException, InterruptedException {
        String type = request.headerText("X-Amz-Invocation-Type").orElse("RequestResponse");
        Optional<String> logType = request.headerText("X-Amz-Log-Type");
        Constraints constraints = new Constraints();
        constraints.oneOf("invocationType", Optional.of(type), List.of("Event", "RequestResponse", "DryRun"));
        constraints.oneOf("logType", logType, List.of("None", "Tail"));
        constraints.enforce();
        FunctionReference reference = request.function(context.arns());
        Invocation invocation = invocation(request, reference, type);
        Target target = invocations.target(reference);
        return switch (type) {
            case "DryRun" -> Reply.noContent();
            case "Event" -> accepted(reference, invocation);
            default ->
                answered(
                        target,
                        invocations.run(target, invocation),
                        logType.filter("Tail"::equals).isPresent());
        };
    }

    private Reply accepted(FunctionReference reference, Invocation invocation) throws IOException {
        events.accept(reference, invocation);
        return new Reply(ACCEPTED, Map.of(), new byte[0], "");
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
            headers.put("X-Amz-Log-Result", Base64.getEncoder().encodeToString(tail(target, result.log())));
        }
        return new Reply(200, headers, tooLarge ? responseTooLarge() : result.payload(), "");
    }

    /** The last 4 KB: of text logs to the byte, of JSON logs whole records. */
    private static byte[] tail(Target target, byte[] log) {
        if (log.length <= TAIL_BYTES) {
            return log;
        }
        int from = log.length - TAIL_BYTES;
        if (target.runnable().hosting().logs().json()) {
            while (from < log.length && log[from - 1] != '\n') {
                from++;
            }
        }
        return Arrays.copyOfRange(log, from, log.length);
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
