// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.service;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memtune.local.function.FunctionArns;
import dev.memtune.local.function.LambdaFault;
import dev.memtune.local.logs.LogEvent;
import dev.memtune.local.logs.LogGroup;
import dev.memtune.local.logs.LogStore;
import dev.memtune.local.logs.LogStream;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * The reading calls of CloudWatch Logs, in its JSON 1.1 protocol, over what the functions logged.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html">
 *     FilterLogEvents</a>
 */
final class LogsOperations {
    static final String CONTENT_TYPE = "application/x-amz-json-1.1";

    /** The name of every other call of a service with a single path. */
    static final String UNKNOWN = "UnknownOperation";

    private static final int MAX_EVENTS = 10_000;
    private static final int MAX_DESCRIBED = 50;

    private final LogStore logs;
    private final FunctionArns arns;

    LogsOperations(LogStore logs, FunctionArns arns) {
        this.logs = logs;
        this.arns = arns;
    }

    void addTo(Routes routes) {
        add(routes, "DescribeLogGroups", this::groups);
        add(routes, "DescribeLogStreams", this::streams);
        add(routes, "FilterLogEvents", this::filter);
        add(routes, "GetLogEvents", this::events);
        routes.add(UNKNOWN, "POST /", request -> LogsFault.unknown(
                        request.headerText("X-Amz-Target").orElse("a call without X-Amz-Target"))
                .reply());
    }

    /** A call that answers with an object. */
    private interface LogsCall {
        ObjectNode answer(RequestBody body);
    }

    private static void add(Routes routes, String name, LogsCall call) {
        routes.add(name, "POST / Logs_20140328." + name, request -> answered(request, call));
    }

    private static Reply answered(Request request, LogsCall call) throws IOException {
        try {
            byte[] body = Reply.ok(call.answer(request.json())).body();
            return new Reply(200, Map.of("Content-Type", CONTENT_TYPE), body, "");
        } catch (LogsFault e) {
            return e.reply();
        } catch (LambdaFault e) {
            return LogsFault.invalid(e.text()).reply(); // a member of the wrong type, or out of range
        }
    }

    private ObjectNode groups(RequestBody body) {
        Optional<String> prefix = body.text("logGroupNamePrefix");
        Optional<String> pattern = body.text("logGroupNamePattern");
        if (prefix.isPresent() && pattern.isPresent()) {
            throw LogsFault.invalid(
                    "LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.");
        }
        List<ObjectNode> found = logs.groups().stream()
                .filter(group -> group.name().startsWith(prefix.orElse("")))
                .filter(group -> group.name().contains(pattern.orElse("")))
                .map(this::described)
                .toList();
        return described(body, "logGroups", found);
    }

    private ObjectNode described(LogGroup group) {
        String arn = "arn:aws:logs:" + arns.region() + ":" + arns.accountId() + ":log-group:" + group.name();
        return Reply.object()
                .put("logGroupName", group.name())
                .put("creationTime", group.createdMs())
                .put("metricFilterCount", 0)
                .put("arn", arn + ":*")
                .put("storedBytes", group.sizeBytes())
                .put("logGroupClass", "STANDARD")
                .put("logGroupArn", arn);
    }

    private static int limit(RequestBody body, int most) {
        int limit = body.integer("limit").orElse(most);
        Constraints constraints = new Constraints();
        constraints.range("limit", limit, 1, most);
        constraints.enforce();
        return limit;
    }

    private static ObjectNode described(RequestBody body, String member, List<ObjectNode> all) {
        int limit = limit(body, MAX_DESCRIBED);
        int from = body.text("nextToken").map(LogsOperations::position).orElse(0);
        ObjectNode answer = Reply.object();
        ArrayNode items = answer.putArray(member);
        int to = Math.min(all.size(), from + limit);
        all.subList(Math.min(from, to), to).forEach(items::add);
        if (to < all.size()) {
            answer.put("nextToken", Integer.toString(to));
        }
        return answer;
    }

    private static int position(String token) {
        if (!token.matches("[0-9]{1,9}")) {
            throw LogsFault.invalid("The specified nextToken is invalid.");
        }
        return Integer.parseInt(token);
    }

    private LogGroup group(RequestBody body) {
        String name = body.text("logGroupName")
                .or(() -> body.text("logGroupIdentifier"))
                .map(identifier -> identifier
                        .replaceFirst("^arn:[^:]*:logs:[^:]*:[^:]*:log-group:", "")
                        .replaceFirst(":\\*$", ""))
                .orElseThrow(() ->
                        LogsFault.invalid("At least one of logGroupName or logGroupIdentifier must be specified."));
        return logs.group(name).orElseThrow(() -> LogsFault.notFound("The specified log group does not exist."));
    }

    private ObjectNode streams(RequestBody body) {
        LogGroup group = group(body);
        String prefix = body.text("logStreamNamePrefix").orElse("");
        boolean byTime = body.text("orderBy").filter("LastEventTime"::equals).isPresent();
        if (byTime && !prefix.isEmpty()) {
            throw LogsFault.invalid("Cannot order by LastEventTime with a logStreamNamePrefix.");
        }
        Comparator<LogStream> order =
                byTime ? Comparator.comparingLong(LogStream::lastEventMs) : Comparator.comparing(LogStream::name);
        List<ObjectNode> found = group.streams().values().stream()
                .filter(stream -> stream.name().startsWith(prefix))
                .sorted(body.flag("descending") ? order.reversed() : order)
                .map(stream -> described(group, stream))
                .toList();
        return described(body, "logStreams", found);
    }

    private ObjectNode described(LogGroup group, LogStream stream) {
        return Reply.object()
                .put("logStreamName", stream.name())
                .put("creationTime", stream.firstEventMs())
                .put("firstEventTimestamp", stream.firstEventMs())
                .put("lastEventTimestamp", stream.lastEventMs())
                .put("lastIngestionTime", stream.lastIngestionMs())
                .put(
                        "arn",
                        "arn:aws:logs:" + arns.region() + ":" + arns.accountId() + ":log-group:" + group.name()
                                + ":log-stream:" + stream.name())
                .put("storedBytes", 0); // as CloudWatch Logs answers since 2019
    }

    private static Predicate<LogEvent> between(RequestBody body) {
        long from = body.longNumber("startTime").orElse(0L);
        long to = body.longNumber("endTime").orElse(Long.MAX_VALUE);
        return event -> event.timestampMs() >= from && event.timestampMs() < to;
    }

    private ObjectNode filter(RequestBody body) {
        LogGroup group = group(body);
        LogFilter filter = LogFilter.of(body.text("filterPattern").orElse(""));
        Set<String> names = new TreeSet<>(body.texts("logStreamNames"));
        String prefix = body.text("logStreamNamePrefix").orElse("");
        if (!names.isEmpty() && !prefix.isEmpty()) {
            throw LogsFault.invalid("logStreamNames and logStreamNamePrefix must not be given together.");
        }
        Predicate<LogEvent> inTime = between(body);
        List<LogEvent> found = group.events(event -> inTime.test(event)
                && (names.isEmpty() || names.contains(event.stream()))
                && event.stream().startsWith(prefix)
                && filter.test(event.message()));
        LogPage page = LogPage.of(found, place(body), true, limit(body, MAX_EVENTS));
        ObjectNode answer = Reply.object();
        ArrayNode events = answer.putArray("events");
        page.events()
                .forEach(event -> events.add(json(event)
                        .put("logStreamName", event.stream())
                        .put("eventId", String.format("%056d", event.position()))));
        answer.putArray("searchedLogStreams"); // as CloudWatch Logs answers since 2019
        if (!page.complete()) {
            answer.put(
                    "nextToken", LogPage.Place.at(page.events().getLast(), true).token());
        }
        return answer;
    }

    private static Optional<LogPage.Place> place(RequestBody body) {
        return body.text("nextToken").map(LogPage.Place::parse);
    }

    private static ObjectNode json(LogEvent event) {
        return Reply.object()
                .put("timestamp", event.timestampMs())
                .put("message", event.message())
                .put("ingestionTime", event.ingestionMs());
    }

    private ObjectNode events(RequestBody body) {
        LogGroup group = group(body);
        String stream = body.text("logStreamName")
                .orElseThrow(
                        () -> LogsFault.invalid("1 validation error detected: Value null at 'logStreamName' failed to "
                                + "satisfy constraint: Member must not be null"));
        Predicate<LogEvent> inTime = between(body);
        if (!group.streams().containsKey(stream)) {
            throw LogsFault.notFound("The specified log stream does not exist.");
        }
        List<LogEvent> found = group.events(event -> event.stream().equals(stream) && inTime.test(event));
        Optional<LogPage.Place> place = place(body);
        LogPage page = LogPage.of(found, place, body.flag("startFromHead"), limit(body, MAX_EVENTS));
        ObjectNode answer = Reply.object();
        ArrayNode events = answer.putArray("events");
        page.events().forEach(event -> events.add(json(event)));
        LogPage.Place here = place.orElse(new LogPage.Place(true, 0, 0));
        boolean empty = page.events().isEmpty(); // then the same token comes back: that is how clients see the end
        return answer.put(
                        "nextForwardToken",
                        (empty
                                        ? here.turned(true)
                                        : LogPage.Place.at(page.events().getLast(), true))
                                .token())
                .put(
                        "nextBackwardToken",
                        (empty
                                        ? here.turned(false)
                                        : LogPage.Place.at(page.events().getFirst(), false))
                                .token());
    }
}
