// SPDX-License-Identifier: Apache-2.0
package dev.memtune.aws.runs;

import dev.memtune.aws.Access;
import dev.memtune.aws.Endpoint;
import dev.memtune.core.port.Sleeper;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;

/**
 * Where the runs are kept and for how long.
 *
 * @param endpoint the DynamoDB that is talked to
 * @param table the table's name
 * @param retention how long what belongs to a run is kept after it was written, at least a day
 * @param clock the time
 * @param sleeper waits between attempts
 * @param random spreads the attempts of those who write at the same time and tells them apart; safe for use by many
 *     threads, and seeded apart in each process
 */
public record RunStoreSettings(
        Endpoint endpoint,
        String table,
        Duration retention,
        InstantSource clock,
        Sleeper sleeper,
        RandomGenerator random) {
    private static final int ATTEMPTS = 8;
    private static final Duration CONNECT = Duration.ofSeconds(5);
    /** AWS answers within milliseconds; whoever waits longer waits for an answer that is lost. */
    private static final Duration ANSWER = Duration.ofSeconds(10);

    /** @throws IllegalArgumentException if the retention is shorter than a day, which is shorter than a run may be */
    public RunStoreSettings {
        Objects.requireNonNull(endpoint, "endpoint");
        Objects.requireNonNull(table, "table");
        Objects.requireNonNull(clock, "clock");
        Objects.requireNonNull(sleeper, "sleeper");
        Objects.requireNonNull(random, "random");
        if (retention.compareTo(Duration.ofDays(1)) < 0) {
            throw new IllegalArgumentException("retention must be at least a day, got: " + retention);
        }
    }

    RunTable open() {
        return new RunTable(client(), table, retention, clock, new Insistence(sleeper, random));
    }

    private DynamoDbClient client() {
        DynamoDbClientBuilder builder = DynamoDbClient.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(CONNECT)
                        .socketTimeout(ANSWER))
                .overrideConfiguration(configuration ->
                        configuration.retryStrategy(AwsRetryStrategy.standardRetryStrategy().toBuilder()
                                .maxAttempts(ATTEMPTS)
                                .build()));
        return Access.to(endpoint).configure(builder).build();
    }
}
