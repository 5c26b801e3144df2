// SPDX-License-Identifier: Apache-2.0
package dev.memtune.aws.events;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.databind.JsonNode;
import dev.memtune.core.failure.BadInput;
import dev.memtune.core.port.LambdaFault;
import dev.memtune.core.wire.Json;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Calls of an HTTP API, answered in JSON. What goes wrong is a {@code message}, as in API Gateway's own answers.
 *
 * @see <a href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html">payload
 *     format 2.0</a>
 */
public final class HttpCalls {
    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;
    private static final int SERVER_ERROR = 500;
    private static final int UNAVAILABLE = 503;
    /** Answers have signatures in them. */
    private static final Map<String, String> HEADERS =
            Map.of("content-type", "application/json", "cache-control", "no-store");

    private HttpCalls() {}

    /**
     * Answers the call of an {@code APIGatewayV2HTTPEvent}.
     *
     * @param step takes the variables of the path and returns what is answered; its {@link BadInput} is the caller's fault
     * @param log takes a line for each call that fails by ours
     * @return the response of the function
     */
    public static APIGatewayV2HTTPResponse answer(
            byte[] event, Function<Map<String, String>, Object> step, Consumer<String> log) {
        try {
            return response(OK, step.apply(path(Json.tree(event))));
        } catch (BadInput e) {
            return response(BAD_REQUEST, message(String.valueOf(e.getMessage())));
        } catch (LambdaFault e) {
            log.accept("a call failed: " + e);
            return response(UNAVAILABLE, message("AWS does not let this be answered now; the function's log says why"));
        } catch (RuntimeException e) {
            log.accept("a call failed by a defect: " + e);
            return response(SERVER_ERROR, message("a defect of Memtune; the function's log says which"));
        }
    }

    private static Map<String, String> path(JsonNode event) {
        Map<String, String> variables = new HashMap<>();
        event.path("pathParameters")
                .properties()
                .forEach(variable ->
                        variables.put(variable.getKey(), variable.getValue().asText()));
        return variables;
    }

    private static Map<String, String> message(String text) {
        return Map.of("message", text);
    }

    private static APIGatewayV2HTTPResponse response(int status, Object body) {
        return APIGatewayV2HTTPResponse.builder()
                .withStatusCode(status)
                .withHeaders(HEADERS)
                .withBody(Json.write(body))
                .build();
    }
}
