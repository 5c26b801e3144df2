// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.process;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * The Lambda Runtime API of one environment, on a loopback port of its own
 * (<a href="https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html">runtimes-api</a>).
 */
final class RuntimeEndpoint implements AutoCloseable {
    /** AWS's limit of a synchronous response, in bytes. */
    static final int RESPONSE_LIMIT_BYTES = 6_291_556;

    private static final String ROOT = "/2018-06-01/runtime/";
    private static final byte[] OK = "{\"status\":\"OK\"}\n".getBytes(StandardCharsets.UTF_8);

    static {
        // Without it each invocation takes 43 ms: Nagle's algorithm waits for a delayed acknowledgement.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final BlockingQueue<Delivery> deliveries = new LinkedBlockingQueue<>(1);
    private final BlockingQueue<RuntimeEvent> events;
    private final IdleFreeze freeze;
    private volatile @Nullable String currentId;

    private record Delivery(Invocation invocation, Instant deadline) {}

    /**
     * @param events where what the process says is put
     * @param freeze is told when the process asks for an invocation and when it gets one
     */
    RuntimeEndpoint(BlockingQueue<RuntimeEvent> events, IdleFreeze freeze) throws IOException {
        this.events = events;
        this.freeze = freeze;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(ROOT, this::handle);
        server.setExecutor(threads);
        server.start();
    }

    /** The value of {@code AWS_LAMBDA_RUNTIME_API}. */
    String address() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /** Gives an invocation to the process, which must be {@link RuntimeEvent.Ready}. */
    void deliver(Invocation invocation, Instant deadline) {
        currentId = invocation.requestId();
        freeze.delivered();
        if (!deliveries.offer(new Delivery(invocation, deadline))) {
            throw new IllegalStateException("The environment has an invocation already");
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            route(exchange, exchange.getRequestURI().getPath().substring(ROOT.length()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the environment is being destroyed; the connection just ends
        }
    }

    private void route(HttpExchange exchange, String path) throws IOException, InterruptedException {
        String[] parts = path.split("/", -1);
        if (path.equals("invocation/next")) {
            next(exchange);
        } else if (path.equals("init/error")) {
            initError(exchange);
        } else if (parts.length == 3 && parts[0].equals("invocation") && parts[2].equals("response")) {
            finish(exchange, parts[1], false);
        } else if (parts.length == 3 && parts[0].equals("invocation") && parts[2].equals("error")) {
            finish(exchange, parts[1], true);
        } else {
            answer(exchange, 404, error("The Runtime API has no " + path, "NotFound"));
        }
    }

    private void next(HttpExchange exchange) throws IOException, InterruptedException {
        events.put(new RuntimeEvent.Ready(System.nanoTime()));
        freeze.asked();
        Delivery delivery = deliveries.take();
        Invocation invocation = delivery.invocation();
        Headers headers = exchange.getResponseHeaders();
        headers.set("Lambda-Runtime-Aws-Request-Id", invocation.requestId());
        headers.set(
                "Lambda-Runtime-Deadline-Ms", Long.toString(delivery.deadline().toEpochMilli()));
        headers.set("Lambda-Runtime-Invoked-Function-Arn", invocation.invokedFunctionArn());
        headers.set("Lambda-Runtime-Trace-Id", traceId(delivery));
        invocation.clientContext().ifPresent(context -> headers.set("Lambda-Runtime-Client-Context", context));
        answer(exchange, 200, invocation.payload());
    }

    private static String traceId(Delivery delivery) {
        String hex = delivery.invocation().requestId().replace("-", "") + "0".repeat(24);
        return String.format(
                "Root=1-%08x-%s;Parent=%s;Sampled=0",
                delivery.deadline().getEpochSecond(), hex.substring(0, 24), hex.substring(8, 24));
    }

    private void initError(HttpExchange exchange) throws IOException, InterruptedException {
        byte[] body = body(exchange);
        events.put(new RuntimeEvent.InitFailed(errorType(exchange, body), body, System.nanoTime()));
        answer(exchange, 202, OK);
    }

    private void finish(HttpExchange exchange, String requestId, boolean failed)
            throws IOException, InterruptedException {
        byte[] body = body(exchange);
        long nanos = System.nanoTime();
        if (!requestId.equals(currentId)) {
            answer(exchange, 400, error("Invalid request ID: " + requestId, "InvalidRequestID"));
            return;
        }
        currentId = null;
        if (body.length > RESPONSE_LIMIT_BYTES) {
            byte[] tooLarge = ErrorDocument.responseTooLarge();
            events.put(new RuntimeEvent.Failed("Function.ResponseSizeTooLarge", tooLarge, nanos));
            answer(exchange, 413, tooLarge);
            return;
        }
        events.put(
                failed
                        ? new RuntimeEvent.Failed(errorType(exchange, body), body, nanos)
                        : new RuntimeEvent.Responded(body, nanos));
        answer(exchange, 202, OK);
    }

    private static byte[] body(HttpExchange exchange) throws IOException {
        try (InputStream in = exchange.getRequestBody()) {
            byte[] body = in.readNBytes(RESPONSE_LIMIT_BYTES + 1);
            in.transferTo(OutputStream.nullOutputStream());
            return body;
        }
    }

    private static String errorType(HttpExchange exchange, byte[] body) {
        String header = exchange.getRequestHeaders().getFirst("Lambda-Runtime-Function-Error-Type");
        return header != null ? header : ErrorDocument.errorType(body).orElse("Runtime.Unknown");
    }

    private static byte[] error(String message, String type) {
        return ErrorDocument.of(type, message);
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
