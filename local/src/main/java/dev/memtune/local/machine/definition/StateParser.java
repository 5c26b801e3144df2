// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.machine.definition;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.memtune.local.machine.data.Expression;
import dev.memtune.local.machine.data.Intrinsic;
import dev.memtune.local.machine.data.IntrinsicCall;
import dev.memtune.local.machine.data.Literal;
import dev.memtune.local.machine.data.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Parses one state of any type. */
final class StateParser {
    private static final Pattern FUNCTION_ARN = Pattern.compile(
            "arn:aws[a-z-]*:lambda:[a-z0-9-]+:\\d{12}:function:[a-zA-Z0-9_-]{1,140}(:(\\$LATEST|[a-zA-Z0-9_-]{1,128}))?");
    /** What may stand in ErrorPath and CausePath. Source: the Fail state's page of the developer guide. */
    private static final Set<Intrinsic> TEXT_INTRINSICS = EnumSet.of(
            Intrinsic.FORMAT,
            Intrinsic.JSON_TO_STRING,
            Intrinsic.ARRAY_GET_ITEM,
            Intrinsic.BASE64_ENCODE,
            Intrinsic.BASE64_DECODE,
            Intrinsic.HASH,
            Intrinsic.UUID);

    private final Findings findings;
    private final FlowParser flowParser;

    StateParser(Findings findings, FlowParser flowParser) {
        this.findings = findings;
        this.flowParser = flowParser;
    }

    /** Null with a problem if it is of no known type. */
    @Nullable
    State parse(String name, JsonNode json) {
        if (!(json instanceof ObjectNode object)) {
            findings.problem(FlowParser.place(name), "it must be an object, got: " + json);
            return null;
        }
        Fields fields = new Fields(object, FlowParser.place(name), findings);
        checkQueryLanguage(fields);
        String type = fields.requiredText("Type");
        State state =
                switch (type) {
                    case "Task" -> task(name, fields);
                    case "Map" -> map(name, fields);
                    case "Parallel" -> parallel(name, fields);
                    case "Choice" -> choice(name, fields);
                    case "Wait" -> wait(name, fields);
                    case "Pass" -> pass(name, fields);
                    case "Succeed" -> new State.Succeed(name, DataFlowParser.inAndOut(fields));
                    case "Fail" -> fail(name, fields);
                    default -> null;
                };
        if (state == null) {
            fields.problem("'Type' must be Task, Map, Parallel, Choice, Wait, Pass, Succeed or Fail, got: " + type);
            return null;
        }
        fields.refuseUnknown();
        return state;
    }

    static void checkQueryLanguage(Fields fields) {
        String language = fields.text("QueryLanguage");
        if (language != null && !language.equals("JSONPath")) {
            fields.problem("'QueryLanguage' must be JSONPath, got: " + language);
        }
    }

    private static State task(String name, Fields fields) {
        String resource = fields.requiredText("Resource");
        if (!resource.isEmpty() && !FUNCTION_ARN.matcher(resource).matches()) {
            fields.problem("'Resource' must be the ARN of a function"
                    + " (arn:aws:lambda:<region>:<account>:function:<name>), got: " + resource);
        }
        fields.findings().resource(name, resource);
        return new State.Task(
                name,
                DataFlowParser.full(fields),
                RecoveryParser.parse(fields),
                resource,
                fields.quantity("TimeoutSeconds", 1),
                next(fields));
    }

    private State map(String name, Fields fields) {
        Path items = fields.parsed("ItemsPath", Path::parse);
        Quantity concurrency = fields.quantity("MaxConcurrency", 0);
        String selector = either(fields, "ItemSelector", "Parameters");
        return new State.MapEach(
                name,
                DataFlowParser.withoutParameters(fields),
                RecoveryParser.parse(fields),
                items == null ? Path.parse("$") : items,
                DataFlowParser.template(fields, selector),
                concurrency == null ? new Quantity.Fixed(0) : concurrency,
                processor(fields),
                next(fields));
    }

    private Flow processor(Fields fields) {
        String field = either(fields, "ItemProcessor", "Iterator");
        ObjectNode json = fields.object(field);
        if (json == null) {
            fields.problem("'ItemProcessor' is missing");
            return new Flow("", Map.of());
        }
        Fields processor = new Fields(json, fields.where() + ", " + field, findings);
        ObjectNode configuration = processor.object("ProcessorConfig");
        if (configuration != null) {
            Fields mode = new Fields(configuration, processor.where() + ", ProcessorConfig", findings);
            String value = mode.text("Mode");
            if (value != null && !value.equals("INLINE")) {
                mode.problem("'Mode' must be INLINE, got: " + value);
            }
            mode.refuseUnknown();
        }
        return flowParser.parse(processor);
    }

    /** The one of two names of the same field that is there, the first if none is. */
    private static String either(Fields fields, String name, String oldName) {
        if (fields.has(name) && fields.has(oldName)) {
            fields.problem("'" + name + "' and '" + oldName + "' exclude each other; remove '" + oldName + "'");
        }
        return fields.has(oldName) && !fields.has(name) ? oldName : name;
    }

    private State parallel(String name, Fields fields) {
        ArrayNode json = fields.array("Branches");
        List<Flow> branches = new ArrayList<>();
        if (json == null || json.isEmpty()) {
            fields.problem("'Branches' must hold at least one branch");
        } else {
            for (int i = 0; i < json.size(); i++) {
                Fields branch = fields.element("Branches", i, json.get(i));
                if (branch != null) {
                    branches.add(flowParser.parse(branch));
                }
            }
        }
        return new State.Parallel(
                name, DataFlowParser.full(fields), RecoveryParser.parse(fields), branches, next(fields));
    }

    private static State choice(String name, Fields fields) {
        return new State.Choice(
                name, DataFlowParser.inAndOut(fields), RuleParser.options(fields), fields.text("Default"));
    }

    private static State wait(String name, Fields fields) {
        List<String> given = Stream.of("Seconds", "SecondsPath", "Timestamp", "TimestampPath")
                .filter(fields::has)
                .toList();
        if (given.size() != 1) {
            fields.problem(
                    "exactly one of Seconds, SecondsPath, Timestamp and TimestampPath must be given, got: " + given);
        }
        Quantity seconds = fields.quantity("Seconds", 0);
        Instant timestamp = fields.parsed("Timestamp", StateParser::timestamp);
        Path path = fields.parsed("TimestampPath", Path::parse);
        Delay delay = new Delay.Seconds(seconds == null ? new Quantity.Fixed(0) : seconds);
        if (timestamp != null) {
            delay = new Delay.Until(timestamp);
        } else if (path != null) {
            delay = new Delay.UntilAt(path);
        }
        return new State.Wait(name, DataFlowParser.inAndOut(fields), delay, next(fields));
    }

    private static Instant timestamp(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("must be a timestamp such as 2026-03-14T01:59:00Z, got: " + text, e);
        }
    }

    private static State pass(String name, Fields fields) {
        return new State.Pass(name, DataFlowParser.withParameters(fields), fields.node("Result"), next(fields));
    }

    private static State fail(String name, Fields fields) {
        return new State.Fail(
                name,
                DataFlowParser.NONE,
                failText(fields, "Error", State.Fail.MAX_ERROR_CHARS),
                failText(fields, "Cause", State.Fail.MAX_CAUSE_CHARS));
    }

    private static @Nullable Expression failText(Fields fields, String field, int maxChars) {
        String text = fields.text(field);
        Expression computed = fields.parsed(field + "Path", Expression::parse);
        if (text != null && text.length() > maxChars) {
            fields.problem("'" + field + "' must have at most " + maxChars + " characters, got: " + text.length());
        }
        if (text != null && computed != null) {
            fields.problem("'" + field + "' and '" + field + "Path' exclude each other; remove one");
        }
        if (computed instanceof IntrinsicCall call && !TEXT_INTRINSICS.contains(call.function())) {
            fields.problem(
                    "'" + field + "Path' must not call " + call.function().wireName());
        }
        return text == null ? computed : new Literal(TextNode.valueOf(text));
    }

    /** The next state; null if the state ends its flow. */
    private static @Nullable String next(Fields fields) {
        String next = fields.text("Next");
        JsonNode end = fields.node("End");
        if (end != null && !end.isBoolean()) {
            fields.problem("'End' must be true or false, got: " + end);
        }
        boolean isEnd = end != null && end.booleanValue();
        if (isEnd == (next != null)) {
            fields.problem("exactly one of 'Next' and 'End': true must be given");
        }
        return next;
    }
}
