// SPDX-License-Identifier: Apache-2.0
package dev.memtune.tests.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.memtune.core.wire.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Stands for the endpoint of a queue and remembers what it is told.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html">SendMessage</a>
 */
final class QueueEndpoint implements AutoCloseable {
    static final String MESSAGE_ID = "5fea7756-0ea4-451a-a703-a558b933e274";

    private final HttpServer server;
    private final List<String> messages = new CopyOnWriteArrayList<>();

    private QueueEndpoint(HttpServer server) {
        this.server = server;
    }

    static QueueEndpoint start() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
        QueueEndpoint queue = new QueueEndpoint(server);
        server.createContext("/", queue::answer);
        server.start();
        return queue;
    }

    String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    String url() {
        return endpoint() + "/000000000000/results";
    }

    /** Every message, and every other call by its name. */
    List<String> messages() {
        return List.copyOf(messages);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            JsonNode request = Json.tree(exchange.getRequestBody().readAllBytes());
            String action = String.valueOf(exchange.getRequestHeaders().getFirst("X-Amz-Target"));
            boolean isMessage = action.equals("AmazonSQS.SendMessage")
                    && request.path("QueueUrl").asText().equals(url());
            String body = request.path("MessageBody").asText();
            messages.add(isMessage ? body : action);
            byte[] answer = Json.mapper()
                    .createObjectNode()
                    .put("MessageId", MESSAGE_ID)
                    .put("MD5OfMessageBody", md5(body))
                    .toString()
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.0");
            exchange.sendResponseHeaders(isMessage ? 200 : 400, answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    private static String md5(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has MD5", e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
