// SPDX-License-Identifier: Apache-2.0
package dev.memtune.aws;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.retry.RetryUtils;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.LambdaClientBuilder;

/**
 * The SDK clients of one process, one for each way of failing: a read may be repeated, a change only when AWS said that it
 * was not made, an invocation never. Retries and time-outs are set here and nowhere else; the SDK's defaults differ between
 * releases. Safe for use by many threads.
 *
 * @see <a href="https://docs.aws.amazon.com/sdk-for-java/latest/developer-guide/retry-strategy.html">Retry strategies</a>
 */
public final class LambdaClients implements AutoCloseable {
    private static final int READ_ATTEMPTS = 6;
    private static final int CHANGE_ATTEMPTS = 8;
    private static final Duration THROTTLE_BASE_DELAY = Duration.ofMillis(200);
    private static final Duration THROTTLE_MAX_DELAY = Duration.ofSeconds(5);

    /**
     * Invocations by the time-out of their function: the HTTP client knows one time-out per client, and a lost answer of a
     * function that runs for three seconds must not be waited for for a quarter of an hour.
     */
    private enum Patience {
        SHORT(30),
        MEDIUM(150),
        LONG(900);

        private final int functionTimeoutSeconds;

        Patience(int functionTimeoutSeconds) {
            this.functionTimeoutSeconds = functionTimeoutSeconds;
        }

        static Patience of(int functionTimeoutSeconds) {
            for (Patience patience : values()) {
                if (functionTimeoutSeconds <= patience.functionTimeoutSeconds) {
                    return patience;
                }
            }
            throw new IllegalArgumentException("timeoutSeconds must be at most " + LONG.functionTimeoutSeconds
                    + ", Lambda's own limit, got: " + functionTimeoutSeconds);
        }
    }

    private final Access access;
    private final AnswerTimeouts timeouts;
    private final LambdaClient reads;
    private final LambdaClient changes;
    private final Map<Patience, LambdaClient> invocations = new EnumMap<>(Patience.class);
    private final Gaps gaps = new Gaps();
    private final Throttles throttles;

    private LambdaClients(Endpoint endpoint, AnswerTimeouts timeouts, Throttles throttles) {
        this.access = Access.to(endpoint);
        this.timeouts = timeouts;
        this.throttles = throttles;
        CallPace pace = CallPace.system();
        this.reads = client(
                timeouts.control(), configuration -> controlled(configuration.retryStrategy(readRetries()), pace));
        this.changes = client(
                timeouts.control(),
                sentOnce(changeRetries()).andThen(configuration -> controlled(configuration, pace)));
    }

    /** Clients for an endpoint; no connection is made yet. */
    public static LambdaClients of(Endpoint endpoint) {
        return of(endpoint, AnswerTimeouts.of(endpoint));
    }

    static LambdaClients of(Endpoint endpoint, AnswerTimeouts timeouts) {
        return new LambdaClients(endpoint, timeouts, new Throttles());
    }

    /** Clients that count with others. */
    static LambdaClients of(Endpoint endpoint, Throttles throttles) {
        return new LambdaClients(endpoint, AnswerTimeouts.of(endpoint), throttles);
    }

    private void controlled(ClientOverrideConfiguration.Builder configuration, CallPace pace) {
        configuration.addExecutionInterceptor(pace).addExecutionInterceptor(throttles);
    }

    /** The calls of the control plane that were throttled. */
    public Throttles throttles() {
        return throttles;
    }

    /** For calls that change nothing: lost answers and 5xx are repeated. */
    LambdaClient reads() {
        return reads;
    }

    /** For calls that change something: repeated only when AWS answered that there were too many requests. */
    LambdaClient changes() {
        return changes;
    }

    /**
     * For measured invocations: sent once.
     *
     * @param timeoutSeconds the function's time-out, at most 900; the answer is awaited for longer
     */
    LambdaClient invocations(int timeoutSeconds) {
        Patience patience = Patience.of(timeoutSeconds);
        synchronized (invocations) {
            return invocations.computeIfAbsent(
                    patience,
                    key -> client(
                            timeouts.invocation().apply(key.functionTimeoutSeconds),
                            sentOnce(AwsRetryStrategy.doNotRetry())));
        }
    }

    /** What this process has already said that the endpoint lacks. */
    Gaps gaps() {
        return gaps;
    }

    private static RetryStrategy readRetries() {
        return AwsRetryStrategy.standardRetryStrategy().toBuilder()
                .maxAttempts(READ_ATTEMPTS)
                .build();
    }

    private static RetryStrategy changeRetries() {
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

    private static Consumer<ClientOverrideConfiguration.Builder> sentOnce(RetryStrategy retries) {
        return configuration -> configuration.retryStrategy(retries).addExecutionInterceptor(new SentOnce());
    }

    /** The SDK looks for a region and reads the profiles here; what it cannot find is the user's to give. */
    private static LambdaClient built(Access access, LambdaClientBuilder builder) {
        try {
            return access.configure(builder).build();
        } catch (SdkClientException e) {
            throw Access.withoutRegion(e);
        }
    }

    private LambdaClient client(Duration answerTimeout, Consumer<ClientOverrideConfiguration.Builder> overrides) {
        LambdaClientBuilder builder = LambdaClient.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(timeouts.connect())
                        .socketTimeout(answerTimeout))
                .overrideConfiguration(overrides);
        return built(access, builder);
    }

    @Override
    public void close() {
        reads.close();
        changes.close();
        synchronized (invocations) {
            invocations.values().forEach(LambdaClient::close);
        }
        access.close();
    }
}
