// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.wire;

import com.fasterxml.jackson.databind.JsonNode;
import dev.memtune.core.function.FunctionConfiguration;
import dev.memtune.core.function.FunctionReference;
import dev.memtune.core.wire.CheckInput.Undecided;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads the input's field {@code check} and its members. */
final class CheckInputReader {
    /** The name of the field. */
    static final String FIELD = "check";
    /** Fewer invocations of each version tell nothing apart. */
    static final int MIN_PER_SIDE = 8;
    /** Invocations of each version at most, if the input does not say. */
    static final int USUAL_PER_SIDE = 60;

    private static final Set<String> MEMBERS = new TreeSet<>(Set.of(
            "candidate",
            "baseline",
            "maxCostIncrease",
            "maxDurationIncrease",
            "p95Ms",
            "maxCostPerMillion",
            "confidence",
            "undecided"));
    /** Fields that say how to search for a size; a check has none to search for. */
    private static final List<String> OF_TUNINGS = List.of(
            "powerValues",
            "policy",
            "strategy",
            "balancedWeight",
            "maxDurationMs",
            "percentile",
            "maxCostPerMillion",
            "minSaving",
            "maxInvocations",
            "maxSpend",
            "useLogs",
            "dryRun",
            "onlyColdStarts");

    private static final double MAX_INCREASE = 10;
    private static final double MAX_MONEY = 1e9;
    private static final double MIN_CONFIDENCE = 0.6;
    private static final double MAX_CONFIDENCE = 0.999;

    private final InputFields outer;
    private final InputFields fields;

    private CheckInputReader(InputFields outer, JsonNode node) {
        this.outer = outer;
        this.fields = new InputFields(node);
    }

    /** The check; null if the input asks for a tuning. */
    static @Nullable CheckInput read(InputFields outer, String function) {
        JsonNode node = outer.node(FIELD);
        if (node == null) {
            return null;
        }
        if (!node.isObject()) {
            outer.problem(
                    FIELD, "must be an object", InputFields.shortened(node), "For example {\"baseline\": \"prod\"}");
            return null;
        }
        return new CheckInputReader(outer, node).read(function);
    }

    private CheckInput read(String function) {
        fields.refuseUnknown(MEMBERS);
        for (String field : OF_TUNINGS) {
            JsonNode node = outer.node(field);
            if (node != null) {
                String rule = "must not be there together with check";
                outer.problem(field, rule, InputFields.shortened(node), "Remove it: a check compares two versions");
            }
        }
        JsonNode promote = outer.node("autoOptimize");
        if (promote != null && promote.asBoolean() && outer.node("autoOptimizeAlias") == null) {
            String rule = "must be there when a check promotes: $LATEST is what is checked";
            outer.problem("autoOptimizeAlias", rule, "nothing", "Give the alias that your callers use, such as prod");
        }
        CheckInput check = new CheckInput(
                candidate(function),
                baseline(),
                increase("maxCostIncrease", CheckInput.USUAL_COST_INCREASE),
                increase("maxDurationIncrease", CheckInput.USUAL_DURATION_INCREASE),
                boxed(fields.positive("p95Ms", SearchLimitsReader.DURATION_MAX_MS, "Give milliseconds, such as 300")),
                boxed(fields.positive("maxCostPerMillion", MAX_MONEY, "Give what a million invocations may cost")),
                confidence(),
                undecided(),
                List.of());
        new ArrayList<>(fields.problems())
                .forEach(problem -> outer.problem(
                        FIELD + "." + problem.field(), problem.rule(), problem.received(), problem.remedy()));
        return check;
    }

    /** What is named; else what the function's name is qualified with; else what was deployed last. */
    private String candidate(String function) {
        String remedy = "Give $LATEST, a version or an alias, or leave it out";
        String named = fields.text("candidate", remedy);
        if (named != null && !named.equals(FunctionConfiguration.LATEST)) {
            requireQualifier("candidate", named, remedy);
        }
        String qualifier = FunctionReference.parse(function)
                .map(FunctionReference::qualifier)
                .orElse(null);
        if (named != null && qualifier != null && !named.equals(qualifier)) {
            String rule = "must be the qualifier of lambdaARN, " + qualifier + ", where that has one";
            fields.problem("candidate", rule, named, "Leave one of them out");
        }
        String implied = qualifier == null ? FunctionConfiguration.LATEST : qualifier;
        return named == null ? implied : named;
    }

    private String baseline() {
        String remedy = "Give the version or the alias to compare with, such as prod";
        String named = fields.text("baseline", remedy);
        if (fields.node("baseline") == null) {
            fields.problem("baseline", "must be there", "nothing", remedy);
        } else if (named != null) {
            requireQualifier("baseline", named, remedy);
        }
        return named == null ? "" : named;
    }

    private void requireQualifier(String field, String named, String remedy) {
        if (!named.matches("[a-zA-Z0-9-_]{1,128}")) {
            fields.problem(field, "must be a version or an alias", named, remedy);
        }
    }

    private @Nullable Double increase(String field, double usual) {
        OptionalDouble given = fields.fraction(field, 0, MAX_INCREASE, "Give a share: 0.05 is 5 %");
        boolean hasGate = fields.node("maxCostIncrease") != null
                || fields.node("maxDurationIncrease") != null
                || fields.node("p95Ms") != null
                || fields.node("maxCostPerMillion") != null;
        return hasGate ? boxed(given) : Double.valueOf(usual);
    }

    private double confidence() {
        String remedy = "Give a share such as 0.95, or leave it out";
        return fields.fraction("confidence", MIN_CONFIDENCE, MAX_CONFIDENCE, remedy)
                .orElse(CheckInput.USUAL_CONFIDENCE);
    }

    private Undecided undecided() {
        String remedy = "Give pass, fail or warn, or leave it out";
        String name = fields.text("undecided", remedy);
        if (name == null) {
            return Undecided.FAIL;
        }
        return Undecided.of(name).orElseGet(() -> {
            fields.problem("undecided", "must be known", name, remedy);
            return Undecided.FAIL;
        });
    }

    /** How many invocations of each version at most. */
    static int perSide(InputFields fields, int payloadCount) {
        int least = Math.max(MIN_PER_SIDE, payloadCount);
        String remedy = "Leave it out for " + USUAL_PER_SIDE;
        return (int) fields.whole("num", least, TuningInputReader.INVOCATIONS_MAX, remedy)
                .orElse(Math.max(USUAL_PER_SIDE, payloadCount));
    }

    private static @Nullable Double boxed(OptionalDouble value) {
        return value.isPresent() ? value.getAsDouble() : null;
    }
}
