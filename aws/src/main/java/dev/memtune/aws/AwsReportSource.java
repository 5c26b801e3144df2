// SPDX-License-Identifier: Apache-2.0
package dev.memtune.aws;

import dev.memtune.core.logs.LogTail;
import dev.memtune.core.logs.MissingReason;
import dev.memtune.core.logs.ReportLookup;
import dev.memtune.core.logs.SystemLogLevel;
import dev.memtune.core.port.ReportSource;
import dev.memtune.core.port.Sleeper;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClientBuilder;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilterLogEventsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilteredLogEvent;

/**
 * Asks CloudWatch Logs for the report of an invocation by its request id. Events arrive there seconds after the invocation;
 * a page may be empty and yet not the last. Safe for use by many threads.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html">FilterLogEvents</a>
 */
public final class AwsReportSource implements ReportSource, AutoCloseable {
    private static final int ATTEMPTS = 3;
    private static final int MAX_PAGES = 20;
    /** More than any tail: the function may print the request id with every line. */
    private static final int MAX_BYTES = 1024 * 1024;

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final Duration POLL_EVERY = Duration.ofSeconds(2);
    /** Clocks differ, and the time of an event is that of the environment. */
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

    private final CloudWatchLogsClient logs;
    private final Access access;
    private final InstantSource clock;
    private final Sleeper sleeper;

    private AwsReportSource(CloudWatchLogsClient logs, Access access, InstantSource clock, Sleeper sleeper) {
        this.logs = logs;
        this.access = access;
        this.clock = Objects.requireNonNull(clock, "clock");
        this.sleeper = Objects.requireNonNull(sleeper, "sleeper");
    }

    /** A source at an endpoint; no connection is made yet. */
    public static AwsReportSource of(Endpoint endpoint, InstantSource clock, Sleeper sleeper) {
        CloudWatchLogsClientBuilder builder = CloudWatchLogsClient.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(CONNECT)
                        .socketTimeout(ANSWER))
                .overrideConfiguration(configuration ->
                        configuration.retryStrategy(AwsRetryStrategy.standardRetryStrategy().toBuilder()
                                .maxAttempts(ATTEMPTS)
                                .build()));
        Access access = Access.to(endpoint);
        return new AwsReportSource(access.configure(builder).build(), access, clock, sleeper);
    }

    @Override
    public ReportLookup find(Question question) throws InterruptedException {
        Instant stop = clock.instant().plus(question.patience());
        ReportLookup lookup = look(question);
        while (isWorthWaiting(lookup) && !clock.instant().plus(POLL_EVERY).isAfter(stop)) {
            sleeper.sleep(POLL_EVERY);
            lookup = look(question);
        }
        return lookup;
    }

    /** Only what has not arrived yet may still come; a refusal stays one. */
    private static boolean isWorthWaiting(ReportLookup lookup) {
        return lookup instanceof ReportLookup.Missing missing && missing.reason() == MissingReason.NOT_FOUND;
    }

    private ReportLookup look(Question question) {
        try {
            return LogTail.of(events(question)).find(question.requestId(), SystemLogLevel.UNKNOWN);
        } catch (SdkException e) {
            // The invocation is paid for; that its logs cannot be read must not end the run.
            return new ReportLookup.Missing(
                    MissingReason.CUT,
                    "the tail has no report, and CloudWatch Logs refused to tell: " + e.getMessage());
        }
    }

    /** The events that name the request id, one per line, behind an empty line because a tail's first one is not believed. */
    private byte[] events(Question question) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        text.write('\n');
        String token = null;
        for (int page = 0; page < MAX_PAGES && text.size() < MAX_BYTES; page++) {
            FilterLogEventsResponse answer = page(question, token);
            answer.events().forEach(event -> append(text, event));
            token = answer.nextToken();
            if (token == null) {
                break;
            }
        }
        return text.toByteArray();
    }

    private FilterLogEventsResponse page(Question question, @Nullable String token) {
        return logs.filterLogEvents(request -> request.logGroupName(question.logGroup())
                .filterPattern('"' + question.requestId() + '"')
                .startTime(question.since().minus(CLOCK_SKEW).toEpochMilli())
                .nextToken(token));
    }

    /** The platform's text events are of one line; the further lines of an event are the function's own output. */
    private static void append(ByteArrayOutputStream text, FilteredLogEvent event) {
        String message = Objects.requireNonNullElse(event.message(), "");
        int lineEnd = message.indexOf('\n');
        String own = message.startsWith("{") || lineEnd < 0 ? message : message.substring(0, lineEnd);
        text.writeBytes(own.getBytes(StandardCharsets.UTF_8));
        text.write('\n');
    }

    @Override
    public void close() {
        logs.close();
        access.close();
    }
}
