// SPDX-License-Identifier: Apache-2.0
package dev.memtune.aws;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A service on this machine that gives one answer and remembers what it was asked. */
final class ScriptedService implements AutoCloseable {
    private final HttpServer server;
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private volatile int status = 200;
    private volatile String answer = "{}";

    /**
     * What it was asked.
     *
     * @param line method and path with query
     * @param target the operation, of a service that names it in a header; else empty
     */
    record Request(String line, String target, String body) {}

    ScriptedService() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
        server.createContext("/", this::answer);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
        requests.add(new Request(
                exchange.getRequestMethod() + " " + exchange.getRequestURI(),
                target == null ? "" : target,
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
        byte[] body = answer.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    void answers(int newStatus, String newAnswer) {
        status = newStatus;
        answer = newAnswer;
    }

    List<Request> requests() {
        return List.copyOf(requests);
    }

    Endpoint endpoint() {
        return new Endpoint.Loopback(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()), "us-east-1");
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
