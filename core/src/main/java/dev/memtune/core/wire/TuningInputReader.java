// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.wire;

import com.fasterxml.jackson.databind.JsonNode;
import dev.memtune.core.failure.BadInput;
import dev.memtune.core.failure.Problem;
import dev.memtune.core.function.FunctionReference;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads and checks the input in full, before anything is created or paid for. The names are those of
 * <a href="https://github.com/alexcasalboni/aws-lambda-power-tuning/blob/master/README-EXECUTE.md">AWS Lambda Power
 * Tuning</a> and a few of our own.
 */
public final class TuningInputReader {
    /** The sizes that are measured when the input names none. */
    public static final List<Integer> DEFAULT_SIZES = List.of(128, 256, 512, 1024, 1536, 3008);
    /** Invocations per size when the input does not say. */
    public static final int DEFAULT_INVOCATIONS = 20;
    /** The most invocations per size. */
    public static final int INVOCATIONS_MAX = 10_000;
    /** The most invocations at once. */
    public static final int CONCURRENCY_MAX = 1_000;

    /** The names of the fields. */
    static final Set<String> KNOWN = Stream.of(
                    SearchLimitsReader.KNOWN,
                    ProcedureReader.KNOWN,
                    TargetTermsReader.KNOWN,
                    PricingReader.KNOWN,
                    Set.of(CheckInputReader.FIELD),
                    own())
            .flatMap(Set::stream)
            .collect(Collectors.toCollection(TreeSet::new));

    private final InputFields fields;

    private static Set<String> own() {
        return Set.of(
                "lambdaARN",
                "num",
                "powerValues",
                "payload",
                "parallelInvocation",
                "strategy",
                "balancedWeight",
                "autoOptimize",
                "autoOptimizeAlias",
                "allowedExceptions",
                "disablePayloadLogs",
                "includeOutputResults",
                "concurrency",
                "seed");
    }

    private TuningInputReader(InputFields fields) {
        this.fields = fields;
    }

    /**
     * The checked input.
     *
     * @param input any JSON value
     * @param defaultSeed the seed if the input has none
     * @throws BadInput with every problem, if there is one
     */
    public static TuningInput read(JsonNode input, long defaultSeed) {
        if (!input.isObject()) {
            throw new BadInput(List.of(new Problem(
                    "input",
                    "must be a JSON object",
                    InputFields.shortened(input),
                    "Give at least {\"lambdaARN\": \"…\"}")));
        }
        InputFields fields = new InputFields(input);
        return new TuningInputReader(fields).read(defaultSeed);
    }

    /**
     * The input with the events of the object that its {@code payloadS3} names.
     *
     * @param object what it holds: one event, or a list of weighted ones
     * @throws BadInput if they break the rules of events, or there are more of them than invocations
     */
    public static TuningInput withObject(TuningInput input, byte[] object) {
        InputFields fields = new InputFields(Json.mapper().createObjectNode());
        List<NamedPayload> payloads = PayloadReader.readObject(fields, object);
        if (!input.procedure().dryRun()) {
            requireOneForEach(fields, input.invocationCount(), payloads.size());
        }
        if (!fields.problems().isEmpty()) {
            throw new BadInput(fields.problems());
        }
        return input.withPayloads(payloads);
    }

    private TuningInput read(long defaultSeed) {
        fields.refuseUnknown(KNOWN);
        String function = function();
        CheckInput check = CheckInputReader.read(fields, function);
        List<Integer> sizes = check == null ? PowerValuesReader.read(fields, DEFAULT_SIZES) : List.of();
        Procedure procedure = ProcedureReader.read(fields);
        List<NamedPayload> own = PayloadReader.read(fields);
        List<NamedPayload> payloads = procedure.payloadS3() == null ? own : List.of();
        SearchPolicy policy = SearchLimitsReader.policy(fields, procedure);
        SearchLimits limits = SearchLimitsReader.read(fields, policy);
        int invocationCount = check == null
                ? invocationCount(policy, payloads.size())
                : CheckInputReader.perSide(fields, payloads.size());
        if (procedure.onlyColdStarts()) {
            ProcedureReader.requireColdStarts(fields, sizes.size(), invocationCount);
        }
        Strategy strategy = strategy(limits);
        boolean promote = fields.bool("autoOptimize", false);
        String alias = promoteAlias();
        TargetTerms terms = TargetTermsReader.read(fields);
        Pricing pricing = PricingReader.read(fields);
        double balancedWeight = fields.fraction("balancedWeight", 0, 1, "1 is cost alone, 0 is duration alone")
                .orElse(0.5);
        OptionalLong concurrency = fields.whole("concurrency", 1, CONCURRENCY_MAX, "Leave it out for a safe bound");
        long seed = fields.whole("seed", 0, Long.MAX_VALUE, "Leave it out for one from the execution")
                .orElse(defaultSeed);
        boolean parallel = fields.bool("parallelInvocation", policy.isSearch() || check != null);
        List<String> allowedErrors = allowedErrors();
        fields.bool("disablePayloadLogs", true);
        fields.bool("includeOutputResults", true);
        if (!fields.problems().isEmpty()) {
            throw new BadInput(fields.problems());
        }
        return new TuningInput(
                function,
                sizes,
                procedure.dryRun() ? 1 : invocationCount,
                policy,
                strategy,
                balancedWeight,
                payloads,
                parallel,
                concurrency.isPresent() ? (int) concurrency.getAsLong() : null,
                promote,
                alias,
                allowedErrors,
                seed,
                limits,
                procedure,
                terms,
                pricing,
                check);
    }

    private String function() {
        String remedy = "Give the name or the ARN of the function";
        if (fields.node("lambdaARN") == null) {
            fields.problem("lambdaARN", "must be there", "nothing", remedy);
        }
        String text = fields.text("lambdaARN", remedy);
        if (text != null && FunctionReference.parse(text).isEmpty()) {
            fields.problem("lambdaARN", "must be a function's name or ARN", text, remedy);
        }
        return text == null ? "" : text;
    }

    /** A search has a bound of its own; another one is only that which is asked for. */
    private int invocationCount(SearchPolicy policy, int payloadCount) {
        OptionalLong number = fields.whole("num", 1, INVOCATIONS_MAX, "Leave it out for " + DEFAULT_INVOCATIONS);
        int usual = policy.isSearch() ? INVOCATIONS_MAX : Math.max(DEFAULT_INVOCATIONS, payloadCount);
        int count = (int) number.orElse(usual);
        if (number.isPresent()) {
            requireOneForEach(fields, count, payloadCount);
        }
        return count;
    }

    private static void requireOneForEach(InputFields fields, int invocationCount, int payloadCount) {
        if (invocationCount < payloadCount) {
            String rule = "must be at least the number of payloads, " + payloadCount;
            fields.problem("num", rule, Integer.toString(invocationCount), "Raise it, or give fewer payloads");
        }
    }

    /** Whoever only says what it may cost wants the fastest for it; whoever says nothing, the cheapest. */
    private Strategy strategy(SearchLimits limits) {
        String remedy = "Give cost, duration (or speed) or balanced";
        String name = fields.text("strategy", remedy);
        if (name == null) {
            boolean isCostGiven = limits.maxCostPerMillion() != null && limits.maxDurationMs() == null;
            return isCostGiven ? Strategy.DURATION : Strategy.COST;
        }
        return Strategy.of(name).orElseGet(() -> {
            fields.problem("strategy", "must be a known strategy", name, remedy);
            return Strategy.COST;
        });
    }

    private @Nullable String promoteAlias() {
        String remedy = "Give the alias that your callers use, such as prod";
        String alias = fields.text("autoOptimizeAlias", remedy);
        if (alias != null && (!alias.matches("(?!\\d+$)[a-zA-Z0-9-_]{1,128}") || alias.startsWith("memtune-"))) {
            fields.problem("autoOptimizeAlias", "must be an alias name that is not memtune's own", alias, remedy);
        }
        return alias;
    }

    private List<String> allowedErrors() {
        JsonNode node = fields.node("allowedExceptions");
        if (node == null) {
            return List.of();
        }
        List<String> names = new ArrayList<>();
        node.forEach(element -> names.add(element.asText()));
        boolean texts = node.isArray()
                && names.stream().noneMatch(String::isBlank)
                && IntStream.range(0, node.size()).allMatch(i -> node.path(i).isTextual());
        if (!texts) {
            String rule = "must be a list of error types";
            fields.problem("allowedExceptions", rule, InputFields.shortened(node), "For example [\"ValueError\"]");
        }
        return names;
    }
}
