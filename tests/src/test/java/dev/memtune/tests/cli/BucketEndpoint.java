// SPDX-License-Identifier: Apache-2.0
package dev.memtune.tests.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * Stands for the endpoint of a bucket and remembers what is put there.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html">PutObject</a>
 */
final class BucketEndpoint implements AutoCloseable {
    static final String NAME = "results";

    private final HttpServer server;
    private final Map<String, String> objects = new TreeMap<>();

    private BucketEndpoint(HttpServer server) {
        this.server = server;
    }

    static BucketEndpoint start() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
        BucketEndpoint bucket = new BucketEndpoint(server);
        server.createContext("/", bucket::answer);
        server.start();
        return bucket;
    }

    String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** What was put by its key, and every other call by its method and path. */
    synchronized Map<String, String> objects() {
        return Map.copyOf(objects);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            boolean isPut = exchange.getRequestMethod().equals("PUT") && path.startsWith("/" + NAME + "/");
            synchronized (this) {
                objects.put(
                        isPut ? path.substring(NAME.length() + 2) : exchange.getRequestMethod() + " " + path,
                        exchange.getRequestHeaders().containsKey("x-amz-decoded-content-length") ? chunk(body) : body);
            }
            exchange.getResponseHeaders().set("ETag", "\"etag\"");
            exchange.sendResponseHeaders(isPut ? 200 : 400, -1);
        }
    }

    /**
     * The first of the chunks that a client sends that checks sums itself.
     *
     * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/developerguide/sigv4-streaming.html">aws-chunked</a>
     */
    private static String chunk(String body) {
        String[] lines = body.split("\r\n", 3);
        return lines[1];
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
