// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.service;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.memtune.local.function.LambdaFault;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** HTTP in front of an extension, as guarded as the API is. */
final class ExtensionFront implements HttpHandler {
    private static final int MAX_BODY_BYTES = 8 * 1024 * 1024;

    private final Extension extension;
    private final Chance chance;
    private final CallLog log;

    ExtensionFront(Extension extension, Chance chance, CallLog log) {
        this.extension = extension;
        this.chance = chance;
        this.log = log;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        String requestId = chance.uuid();
        CallLog.Line line = log.open(requestId, exchange.getRequestMethod());
        line.of(exchange.getRequestURI().getPath());
        try (exchange) {
            Reply reply = reply(exchange, requestId);
            HttpFront.write(exchange, requestId, reply);
            line.close(Optional.of(reply));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            line.close("stopped with the service");
        } catch (IOException e) {
            line.close("connection lost: " + e.getMessage());
        }
    }

    private Reply reply(HttpExchange exchange, String requestId) throws IOException, InterruptedException {
        Optional<String> refusal = OriginGuard.refusal(exchange);
        if (refusal.isPresent()) {
            return HttpFront.forbidden(refusal.get());
        }
        byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY_BYTES + 1);
        if (body.length > MAX_BODY_BYTES) {
            return Reply.fault(LambdaFault.of(
                    LambdaFault.Kind.REQUEST_TOO_LARGE, "Request must be smaller than " + MAX_BODY_BYTES + " bytes"));
        }
        try {
            return answered(exchange, body);
        } catch (LambdaFault e) {
            return Reply.fault(e);
        } catch (IOException | RuntimeException e) {
            return HttpFront.failed(log, requestId, e);
        }
    }

    private Reply answered(HttpExchange exchange, byte[] body) throws IOException, InterruptedException {
        String own = exchange.getHttpContext().getPath();
        String rest = exchange.getRequestURI().getRawPath().substring(own.length());
        List<String> path = rest.isEmpty() ? List.of() : Routes.segments(rest);
        Map<String, List<String>> query =
                HttpFront.query(exchange.getRequestURI().getRawQuery());
        Extension.Answer answer =
                extension.answer(new Extension.Question(exchange.getRequestMethod(), path, query, body));
        return new Reply(answer.status(), Map.of("Content-Type", answer.contentType()), answer.body(), "");
    }
}
