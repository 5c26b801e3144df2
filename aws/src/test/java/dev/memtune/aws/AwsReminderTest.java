// SPDX-License-Identifier: Apache-2.0
package dev.memtune.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.memtune.core.port.LambdaFault;
import dev.memtune.core.wire.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** SendMessage over HTTP, by the AWS JSON protocol. */
class AwsReminderTest {
    private static final String QUEUE = "https://sqs.us-east-1.amazonaws.com/123456789012/looks";

    private final List<JsonNode> requests = new CopyOnWriteArrayList<>();
    private volatile int status = 200;
    private HttpServer server;
    private AwsReminder reminder;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
        server.createContext("/", this::answer);
        server.start();
        URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        reminder = AwsReminder.of(new Endpoint.Loopback(uri, "us-east-1"), QUEUE);
    }

    @AfterEach
    void stop() {
        reminder.close();
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        requests.add(Json.tree(exchange.getRequestBody().readAllBytes()));
        String text = status == 200
                ? "{\"MessageId\": \"1\", \"MD5OfMessageBody\": \"5d41402abc4b2a76b9719d911017c592\"}"
                : "{\"__type\": \"com.amazonaws.sqs#QueueDoesNotExist\", \"message\": \"no such queue\"}";
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Test
    void sendsAMessageThatComesNotBeforeItsTime() {
        reminder.remind("hello", Duration.ofMillis(5_001));

        assertThat(requests).singleElement().satisfies(request -> {
            assertThat(request.path("QueueUrl").asText()).isEqualTo(QUEUE);
            assertThat(request.path("MessageBody").asText()).isEqualTo("hello");
            assertThat(request.path("DelaySeconds").asInt()).isEqualTo(6);
        });
    }

    @Test
    void refusesWhatTheQueueCannotDelay() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> reminder.remind("hello", Duration.ofMinutes(16)))
                .withMessageContaining("0 to 900 s");
        assertThat(requests).isEmpty();
    }

    @Test
    void saysWhatIsWrongWithTheQueue() {
        status = 400;

        assertThatExceptionOfType(LambdaFault.Refused.class)
                .isThrownBy(() -> reminder.remind("hello", Duration.ofSeconds(1)))
                .withMessageContaining("no such queue");
    }
}
