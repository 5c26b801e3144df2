// SPDX-License-Identifier: Apache-2.0
package dev.memtune.aws;

import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.retry.RetryUtils;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.LambdaClientBuilder;

/**
 * The SDK clients of one process, one for each way of failing: a read may be repeated, a change only when AWS said that it
 * was not made, an invocation never. Retries and time-outs are set here and nowhere else; the SDK's defaults differ between
 * releases.
 *
 * @see <a href="https://docs.aws.amazon.com/sdk-for-java/latest/developer-guide/retry-strategy.html">Retry strategies</a>
 */
public final class LambdaClients implements AutoCloseable {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration CONTROL_TIMEOUT = Duration.ofSeconds(30);
    /** A function runs for at most 900 s; the answer of one that timed out takes a little longer. */
    private static final Duration INVOKE_TIMEOUT = Duration.ofSeconds(930);

    private static final int READ_ATTEMPTS = 6;
    private static final int CHANGE_ATTEMPTS = 8;
    private static final Duration THROTTLE_BASE_DELAY = Duration.ofMillis(200);
    private static final Duration THROTTLE_MAX_DELAY = Duration.ofSeconds(5);

    /** The JDK keeps 5 idle connections per host; a hundred parallel invocations would open most of theirs anew. */
    private static final String IDLE_CONNECTIONS = "http.maxConnections";

    static {
        if (System.getProperty(IDLE_CONNECTIONS) == null) {
            System.setProperty(IDLE_CONNECTIONS, "128");
        }
    }

    private final LambdaClient reads;
    private final LambdaClient changes;
    private final LambdaClient invocations;

    private LambdaClients(LambdaClient reads, LambdaClient changes, LambdaClient invocations) {
        this.reads = reads;
        this.changes = changes;
        this.invocations = invocations;
    }

    /** Clients for an endpoint; no connection is made yet. */
    public static LambdaClients of(Endpoint endpoint) {
        RetryStrategy repeatReads = AwsRetryStrategy.standardRetryStrategy().toBuilder()
                .maxAttempts(READ_ATTEMPTS)
                .build();
        return new LambdaClients(
                client(endpoint, repeatReads, CONTROL_TIMEOUT),
                client(endpoint, onlyThrottled(), CONTROL_TIMEOUT),
                client(endpoint, AwsRetryStrategy.doNotRetry(), INVOKE_TIMEOUT));
    }

    /** For calls that change nothing: lost answers and 5xx are repeated. */
    LambdaClient reads() {
        return reads;
    }

    /** For calls that change something: repeated only when AWS answered that there were too many requests. */
    LambdaClient changes() {
        return changes;
    }

    /** For measured invocations: sent once. */
    LambdaClient invocations() {
        return invocations;
    }

    private static RetryStrategy onlyThrottled() {
        return StandardRetryStrategy.builder()
                .useClientDefaults(false)
                .maxAttempts(CHANGE_ATTEMPTS)
                .backoffStrategy(BackoffStrategy.exponentialDelay(THROTTLE_BASE_DELAY, THROTTLE_MAX_DELAY))
                .throttlingBackoffStrategy(BackoffStrategy.exponentialDelay(THROTTLE_BASE_DELAY, THROTTLE_MAX_DELAY))
                .treatAsThrottling(LambdaClients::isThrottled)
                .retryOnException(LambdaClients::isThrottled)
                .build();
    }

    private static boolean isThrottled(Throwable error) {
        return error instanceof SdkException sdk && RetryUtils.isThrottlingException(sdk);
    }

    private static LambdaClient client(Endpoint endpoint, RetryStrategy retries, Duration answerTimeout) {
        LambdaClientBuilder builder = LambdaClient.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(CONNECT_TIMEOUT)
                        .socketTimeout(answerTimeout))
                .overrideConfiguration(configuration -> configuration.retryStrategy(retries));
        return switch (endpoint) {
            case Endpoint.Default chain -> builder.build();
            case Endpoint.Loopback loopback ->
                builder.endpointOverride(loopback.uri())
                        .region(Region.of(loopback.region()))
                        .credentialsProvider(
                                StaticCredentialsProvider.create(AwsBasicCredentials.create("memtune", "loopback")))
                        .build();
        };
    }

    @Override
    public void close() {
        reads.close();
        changes.close();
        invocations.close();
    }
}
