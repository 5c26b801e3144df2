// SPDX-License-Identifier: Apache-2.0
package dev.memtune.aws;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.memtune.core.port.FunctionInvoker;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** An HTTP server that answers by a script, one answer per request, the last one for ever; it notes what it was sent. */
final class ScriptedLambda implements AutoCloseable {
    /** For answers that come, and for those that do not: long enough for a busy machine, short enough for a test. */
    static final AnswerTimeouts PATIENT =
            new AnswerTimeouts(Duration.ofSeconds(10), Duration.ofSeconds(20), seconds -> Duration.ofSeconds(20));

    static final AnswerTimeouts IMPATIENT =
            new AnswerTimeouts(Duration.ofSeconds(10), Duration.ofMillis(250), seconds -> Duration.ofMillis(250));

    private static final long STALL_MAX_SECONDS = 30;

    /** How one request is answered. */
    @FunctionalInterface
    interface Answer {
        void to(HttpExchange exchange) throws IOException, InterruptedException;
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Deque<Answer> script = new ArrayDeque<>();
    private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
    private final Set<InetSocketAddress> connections = Collections.synchronizedSet(new HashSet<>());
    private final CountDownLatch end = new CountDownLatch(1);

    ScriptedLambda() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 256);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    /** Clients of this server. */
    LambdaClients clients(AnswerTimeouts timeouts) {
        URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        return LambdaClients.of(new Endpoint.Loopback(uri, "us-east-1"), timeouts);
    }

    /** Replaces the script and forgets what came before. */
    ScriptedLambda answering(Answer... answers) {
        synchronized (script) {
            script.clear();
            script.addAll(List.of(answers));
        }
        requests.clear();
        connections.clear();
        return this;
    }

    /** What came since the script was set: method, path with query, body. */
    List<String> requests() {
        return List.copyOf(requests);
    }

    /** How many connections the requests came by. */
    int connections() {
        return connections.size();
    }

    static Answer json(int status, String body, String... headers) {
        return exchange -> {
            for (int i = 0; i < headers.length; i += 2) {
                exchange.getResponseHeaders().add(headers[i], headers[i + 1]);
            }
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            try (OutputStream stream = exchange.getResponseBody()) {
                stream.write(bytes);
            }
        };
    }

    /** An error as Lambda tells it. */
    static Answer error(int status, String code, String... headers) {
        String[] all = new String[headers.length + 2];
        System.arraycopy(headers, 0, all, 2, headers.length);
        all[0] = "x-amzn-ErrorType";
        all[1] = code;
        return json(status, "{\"Message\":\"because\",\"Type\":\"User\"}", all);
    }

    /** Takes the request and closes the connection. */
    static Answer hangingUp() {
        return HttpExchange::close;
    }

    /** Takes the request and says nothing. */
    Answer stalling() {
        return exchange -> {
            if (!end.await(STALL_MAX_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException("nobody closed the server within " + STALL_MAX_SECONDS + " s");
            }
        };
    }

    /** A request to invoke version 3 of "work", which times out after 3 s. */
    static FunctionInvoker.Request invocation(String payload) {
        return new FunctionInvoker.Request("work", "3", payload.getBytes(StandardCharsets.UTF_8), 3);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + body);
        connections.add(exchange.getRemoteAddress());
        try {
            next().to(exchange);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while stalling", e);
        }
    }

    private Answer next() {
        synchronized (script) {
            return script.size() > 1 ? script.removeFirst() : script.getFirst();
        }
    }

    @Override
    public void close() {
        end.countDown();
        server.stop(0);
        threads.close();
    }
}
