// SPDX-License-Identifier: Apache-2.0
package dev.memtune.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.memtune.core.port.LambdaFault;
import dev.memtune.core.wire.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** SendMessage over HTTP, by the AWS JSON protocol. */
class AwsReminderTest {
    private static final String QUEUE = "https://sqs.us-east-1.amazonaws.com/123456789012/looks";

    private ScriptedService service;
    private AwsReminder reminder;

    @BeforeEach
    void start() throws IOException {
        service = new ScriptedService();
        service.answers(200, "{\"MessageId\": \"1\", \"MD5OfMessageBody\": \"5d41402abc4b2a76b9719d911017c592\"}");
        reminder = AwsReminder.of(service.endpoint(), QUEUE);
    }

    @AfterEach
    void stop() {
        reminder.close();
        service.close();
    }

    @Test
    void sendsAMessageThatComesNotBeforeItsTime() {
        reminder.remind("hello", Duration.ofMillis(5_001));

        assertThat(service.requests()).singleElement().satisfies(sent -> {
            JsonNode request = Json.tree(sent.body().getBytes(StandardCharsets.UTF_8));
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
        assertThat(service.requests()).isEmpty();
    }

    @Test
    void saysWhatIsWrongWithTheQueue() {
        service.answers(400, "{\"__type\": \"com.amazonaws.sqs#QueueDoesNotExist\", \"message\": \"no such queue\"}");

        assertThatExceptionOfType(LambdaFault.Refused.class)
                .isThrownBy(() -> reminder.remind("hello", Duration.ofSeconds(1)))
                .withMessageContaining("no such queue");
    }
}
