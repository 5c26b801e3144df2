// SPDX-License-Identifier: Apache-2.0
package dev.memtune.cli.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.memtune.core.port.Sleeper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the waiting samples wait for: {@code GET /delay?ms=120} on loopback answers with a small document after 120 ms. It
 * stands for a database or another service.
 */
public final class SlowDependency implements AutoCloseable {
    private static final Pattern QUERY = Pattern.compile("ms=(\\d{1,5})(?:&.*)?");
    private static final int MAX_DELAY_MS = 10_000;
    private static final int BACKLOG = 256;

    private final HttpServer server;
    private final ExecutorService threads;
    private final Sleeper sleeper;

    private SlowDependency(HttpServer server, ExecutorService threads, Sleeper sleeper) {
        this.server = server;
        this.threads = threads;
        this.sleeper = sleeper;
    }

    /** Starts it on a free loopback port. */
    public static SlowDependency start(Sleeper sleeper) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        SlowDependency dependency = new SlowDependency(server, threads, sleeper);
        server.createContext("/delay", dependency::answer);
        server.setExecutor(threads);
        server.start();
        return dependency;
    }

    /** Where it listens. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String query = exchange.getRequestURI().getQuery();
            Matcher matcher = QUERY.matcher(query == null ? "" : query);
            if (!matcher.matches() || Integer.parseInt(matcher.group(1)) > MAX_DELAY_MS) {
                send(exchange, 400, "{\"error\":\"ms must be a number from 0 to " + MAX_DELAY_MS + "\"}");
                return;
            }
            int delayMs = Integer.parseInt(matcher.group(1));
            sleeper.sleep(Duration.ofMillis(delayMs));
            send(exchange, 200, "{\"delayMs\":" + delayMs + ",\"items\":[1,2,3,5,8,13,21,34]}");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
