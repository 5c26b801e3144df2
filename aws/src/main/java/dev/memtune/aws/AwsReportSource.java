// SPDX-License-Identifier: Apache-2.0
package dev.memtune.aws;

import dev.memtune.core.logs.Attempt;
import dev.memtune.core.logs.InvocationReport;
import dev.memtune.core.logs.LogReader;
import dev.memtune.core.logs.LogSummary;
import dev.memtune.core.logs.LogTail;
import dev.memtune.core.logs.MissingReason;
import dev.memtune.core.logs.ReportLookup;
import dev.memtune.core.logs.SystemLogLevel;
import dev.memtune.core.port.ReportSource;
import dev.memtune.core.port.Sleeper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClientBuilder;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilterLogEventsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilterLogEventsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilteredLogEvent;

/**
 * Asks CloudWatch Logs for the report of an invocation by its request id. Events arrive there seconds after the invocation;
 * a page may be empty and yet not the last. Also looks back for what a function's callers did. Safe for use by many threads.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html">FilterLogEvents</a>
 */
public final class AwsReportSource implements ReportSource, AutoCloseable {
    private static final int ATTEMPTS = 3;
    private static final int MAX_PAGES = 20;
    /** More than any tail: the function may print the request id with every line. */
    private static final int MAX_BYTES = 1024 * 1024;

    private static final Pattern VERSION = Pattern.compile("\\[([^\\]]+)]");

    /** Reports in either log format. */
    private static final String ANY_REPORT = "?\"REPORT RequestId\" ?\"platform.report\"";

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

    @Override
    public List<Attempt> attempts(Question question) throws InterruptedException {
        Instant stop = clock.instant().plus(question.patience());
        List<Attempt> attempts = ended(question);
        while (attempts.isEmpty() && !clock.instant().plus(POLL_EVERY).isAfter(stop)) {
            sleeper.sleep(POLL_EVERY);
            attempts = ended(question);
        }
        return attempts;
    }

    /** One environment after the other: two that ran the same request at once must not be mixed up. */
    private List<Attempt> ended(Question question) {
        Map<String, ByteArrayOutputStream> streams = new LinkedHashMap<>();
        try {
            forEachEvent(
                    naming(question),
                    event -> append(
                            streams.computeIfAbsent(
                                    String.valueOf(event.logStreamName()), name -> new ByteArrayOutputStream()),
                            event));
        } catch (SdkException e) {
            // A throttle, or a group that the first invocation has not made yet; whoever asks has a bound.
            return List.of();
        }
        return streams.values().stream()
                .flatMap(stream -> Attempt.allOf(question.requestId(), stream.toByteArray()).stream())
                .toList();
    }

    /** Only what has not arrived yet may still come; a refusal stays one. */
    private static boolean isWorthWaiting(ReportLookup lookup) {
        return lookup instanceof ReportLookup.Missing missing && missing.reason() == MissingReason.NOT_FOUND;
    }

    /** Reads as many pages as a bounded question may, the oldest first. */
    @Override
    public Optional<LogSummary> recent(String logGroup, Instant from, Instant to) {
        try {
            byte[] reports = events(request -> request.logGroupName(logGroup)
                    .filterPattern(ANY_REPORT)
                    .startTime(from.toEpochMilli())
                    .endTime(to.toEpochMilli()));
            return Optional.of(LogReader.read(new ByteArrayInputStream(reports), report -> {}));
        } catch (SdkException e) {
            // An estimate that cannot be made is no reason to end a run.
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read bytes in memory", e);
        }
    }

    private ReportLookup look(Question question) {
        try {
            return LogTail.of(events(naming(question))).find(question.requestId(), SystemLogLevel.UNKNOWN);
        } catch (SdkException e) {
            // The invocation is paid for; that its logs cannot be read must not end the run.
            return new ReportLookup.Missing(
                    MissingReason.CUT,
                    "the tail has no report, and CloudWatch Logs refused to tell: " + e.getMessage());
        }
    }

    /** The events asked for, one per line, behind an empty line because a tail's first one is not believed. */
    private byte[] events(Consumer<FilterLogEventsRequest.Builder> question) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        text.write('\n');
        forEachEvent(question, event -> append(text, event));
        return text.toByteArray();
    }

    private void forEachEvent(Consumer<FilterLogEventsRequest.Builder> question, Consumer<FilteredLogEvent> consumer) {
        String token = null;
        long bytes = 0;
        for (int page = 0; page < MAX_PAGES && bytes < MAX_BYTES; page++) {
            FilterLogEventsResponse answer = page(question, token);
            for (FilteredLogEvent event : answer.events()) {
                bytes += Objects.requireNonNullElse(event.message(), "").length();
                consumer.accept(event);
            }
            token = answer.nextToken();
            if (token == null) {
                return;
            }
        }
    }

    private FilterLogEventsResponse page(Consumer<FilterLogEventsRequest.Builder> question, @Nullable String token) {
        FilterLogEventsRequest.Builder request = FilterLogEventsRequest.builder();
        question.accept(request);
        return logs.filterLogEvents(request.nextToken(token).build());
    }

    /** The events of one invocation. */
    private static Consumer<FilterLogEventsRequest.Builder> naming(Question question) {
        return request -> request.logGroupName(question.logGroup())
                .filterPattern('"' + question.requestId() + '"')
                .startTime(question.since().minus(CLOCK_SKEW).toEpochMilli());
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
    public Past past(Lookback question) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        String trouble = "";
        try {
            String token = null;
            for (int page = 0; page < MAX_PAGES; page++) {
                FilterLogEventsResponse answer = reportPage(question, token);
                answer.events().stream()
                        .filter(event -> isOf(question.versions(), event))
                        .forEach(event -> append(text, event));
                token = answer.nextToken();
                if (token == null) {
                    break;
                }
            }
            trouble = token == null
                    ? ""
                    : "the logs have more than " + MAX_PAGES + " pages; the later ones were not read";
        } catch (SdkException e) {
            // Asked for, and yet only a help: the run says so and does without.
            trouble = "CloudWatch Logs refused to tell: " + e.getMessage();
        }
        return new Past(latest(text.toByteArray(), question.most()), trouble);
    }

    private FilterLogEventsResponse reportPage(Lookback question, @Nullable String token) {
        return logs.filterLogEvents(request -> request.logGroupName(question.logGroup())
                .filterPattern(ANY_REPORT)
                .startTime(question.since().toEpochMilli())
                .nextToken(token));
    }

    /** A stream's name has the version in brackets, {@code 2026/11/26/[7]0f3c…}. */
    private static boolean isOf(Set<String> versions, FilteredLogEvent event) {
        Matcher version = VERSION.matcher(Objects.requireNonNullElse(event.logStreamName(), ""));
        return version.find() && versions.contains(version.group(1));
    }

    private static List<InvocationReport> latest(byte[] text, int most) {
        List<InvocationReport> reports = new ArrayList<>();
        try {
            LogReader.read(new ByteArrayInputStream(text), reports::add);
        } catch (IOException e) {
            throw new UncheckedIOException("bytes in memory could not be read", e);
        }
        return List.copyOf(reports.subList(Math.max(0, reports.size() - most), reports.size()));
    }

    @Override
    public void close() {
        logs.close();
        access.close();
    }
}
