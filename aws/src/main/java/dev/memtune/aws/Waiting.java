// SPDX-License-Identifier: Apache-2.0
package dev.memtune.aws;

import java.time.Duration;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;

/**
 * How long a client waits for an answer, and how often it asks.
 *
 * @param answer how long for one answer
 * @param attempts how often it asks, at least 1
 */
record Waiting(Duration answer, int attempts) {
    /** For calls that AWS answers within milliseconds, and that nothing else asks again. */
    static final Waiting SHORT = new Waiting(Duration.ofSeconds(10), 8);
    /** For objects. */
    static final Waiting LONG = new Waiting(Duration.ofSeconds(30), 4);

    private static final Duration CONNECT = Duration.ofSeconds(5);

    /** Sets a client's builder up so. */
    <B extends AwsClientBuilder<B, ?> & AwsSyncClientBuilder<B, ?>> B configure(B builder) {
        return builder.httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(CONNECT)
                        .socketTimeout(answer))
                .overrideConfiguration(configuration ->
                        configuration.retryStrategy(AwsRetryStrategy.standardRetryStrategy().toBuilder()
                                .maxAttempts(attempts)
                                .build()));
    }
}
