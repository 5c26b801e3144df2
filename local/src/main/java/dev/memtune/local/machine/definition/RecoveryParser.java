// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.machine.definition;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Parses Retry and Catch. */
final class RecoveryParser {
    /** Error names of the language; others must not start with its prefix. Source: the developer guide's error names. */
    private static final Set<String> STATES_ERRORS = Set.of(
            ErrorMatcher.ALL,
            "States.Timeout",
            "States.HeartbeatTimeout",
            "States.TaskFailed",
            "States.Permissions",
            "States.Runtime",
            "States.DataLimitExceeded",
            "States.ResultPathMatchFailure",
            "States.ParameterPathFailure",
            "States.BranchFailed",
            "States.NoChoiceMatched",
            "States.IntrinsicFailure",
            "States.ExceedToleratedFailureThreshold",
            "States.ItemReaderFailed",
            "States.ResultWriterFailed",
            "States.QueryEvaluationError",
            "States.Http.Socket");

    private static final long MAX_DELAY_SECONDS = 31_622_400;

    private RecoveryParser() {}

    static Recovery parse(Fields fields) {
        List<Retrier> retriers = entries(fields, "Retry", RecoveryParser::retrier);
        checkWildcards(fields, "Retry", retriers.stream().map(Retrier::errors).toList());
        List<Catcher> catchers = entries(fields, "Catch", RecoveryParser::catcher);
        checkWildcards(fields, "Catch", catchers.stream().map(Catcher::errors).toList());
        return new Recovery(retriers, catchers);
    }

    private static <T> List<T> entries(Fields fields, String name, Function<Fields, T> parser) {
        List<T> entries = new ArrayList<>();
        ArrayNode array = fields.array(name);
        for (int i = 0; array != null && i < array.size(); i++) {
            Fields entry = fields.element(name, i, array.get(i));
            if (entry != null) {
                entries.add(parser.apply(entry));
                entry.refuseUnknown();
            }
        }
        return entries;
    }

    private static Retrier retrier(Fields fields) {
        long maxDelay = fields.number("MaxDelaySeconds", 1, MAX_DELAY_SECONDS, 0);
        return new Retrier(
                errors(fields),
                Duration.ofSeconds(fields.number("IntervalSeconds", 1, Quantity.MAX, 1)),
                (int) fields.number("MaxAttempts", 0, Quantity.MAX, 3),
                backoffRate(fields),
                maxDelay == 0 ? null : Duration.ofSeconds(maxDelay),
                hasFullJitter(fields));
    }

    private static double backoffRate(Fields fields) {
        JsonNode rate = fields.node("BackoffRate");
        if (rate == null) {
            return 2.0;
        }
        if (!rate.isNumber() || rate.doubleValue() < 1) {
            fields.problem("'BackoffRate' must be a number of at least 1, got: " + rate);
            return 2.0;
        }
        return rate.doubleValue();
    }

    private static boolean hasFullJitter(Fields fields) {
        String strategy = fields.text("JitterStrategy");
        if (strategy != null && !Set.of("FULL", "NONE").contains(strategy)) {
            fields.problem("'JitterStrategy' must be FULL or NONE, got: " + strategy);
        }
        return "FULL".equals(strategy);
    }

    private static Catcher catcher(Fields fields) {
        return new Catcher(errors(fields), DataFlowParser.resultPath(fields), fields.requiredText("Next"));
    }

    private static ErrorMatcher errors(Fields fields) {
        ArrayNode array = fields.array("ErrorEquals");
        List<String> names = new ArrayList<>();
        if (array == null || array.isEmpty()) {
            fields.problem("'ErrorEquals' must hold at least one error name");
            return new ErrorMatcher(names);
        }
        for (JsonNode name : array) {
            if (!name.isTextual()) {
                fields.problem("'ErrorEquals' must hold strings, got: " + name);
            } else if (name.textValue().startsWith("States.") && !STATES_ERRORS.contains(name.textValue())) {
                fields.problem("'ErrorEquals' has '" + name.textValue() + "', which is not an error of the language");
            } else {
                names.add(name.textValue());
            }
        }
        return new ErrorMatcher(names);
    }

    private static void checkWildcards(Fields fields, String name, List<ErrorMatcher> matchers) {
        for (int i = 0; i < matchers.size(); i++) {
            boolean isAlone = matchers.get(i).names().size() == 1;
            if (matchers.get(i).isAll() && (!isAlone || i < matchers.size() - 1)) {
                fields.problem("'" + name + "': States.ALL must stand alone and in the last entry");
            }
        }
    }
}
