// SPDX-License-Identifier: Apache-2.0
package dev.memtune.aws;

import dev.memtune.core.port.Reminder;
import java.time.Duration;
import java.util.Objects;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Brings messages back through a queue of Amazon SQS that delays each by its own time. Needs {@code sqs:SendMessage}. Safe for
 * use by many threads.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html">SendMessage</a>
 */
public final class AwsReminder implements Reminder, AutoCloseable {
    /** The longest delay that SQS takes. */
    private static final Duration AFTER_MAX = Duration.ofMinutes(15);

    private static final int ATTEMPTS = 5;
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(10);

    private final SqsClient sqs;
    private final String queueUrl;
    private final Access access;

    private AwsReminder(SqsClient sqs, String queueUrl, Access access) {
        this.sqs = sqs;
        this.access = access;
        this.queueUrl = Objects.requireNonNull(queueUrl, "queueUrl");
    }

    /** Reminders through a queue; no connection is made yet. */
    public static AwsReminder of(Endpoint endpoint, String queueUrl) {
        Access access = Access.to(endpoint);
        SqsClient sqs = access.configure(SqsClient.builder()
                        .httpClientBuilder(UrlConnectionHttpClient.builder()
                                .connectionTimeout(CONNECT)
                                .socketTimeout(ANSWER))
                        .overrideConfiguration(configuration ->
                                configuration.retryStrategy(AwsRetryStrategy.standardRetryStrategy().toBuilder()
                                        .maxAttempts(ATTEMPTS)
                                        .build())))
                .build();
        return new AwsReminder(sqs, queueUrl, access);
    }

    @Override
    public void remind(String message, Duration after) {
        if (after.isNegative() || after.compareTo(AFTER_MAX) > 0) {
            throw new IllegalArgumentException(
                    "after must be 0 to " + AFTER_MAX.toSeconds() + " s, which is what SQS takes, got: " + after);
        }
        // Not before its time: the queue counts whole seconds.
        int seconds = (int) after.plusSeconds(1).minusNanos(1).toSeconds();
        Faults.translating(
                "SQS",
                () -> sqs.sendMessage(request ->
                        request.queueUrl(queueUrl).messageBody(message).delaySeconds(seconds)));
    }

    @Override
    public void close() {
        sqs.close();
        access.close();
    }
}
