// SPDX-License-Identifier: Apache-2.0
package dev.memtune.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.memtune.core.failure.BadInput;
import dev.memtune.core.failure.Problem;
import dev.memtune.core.wire.TuningInput;
import dev.memtune.core.wire.TuningInputReader;
import java.util.Map;

/** Says what is wrong with an input in the words of the command line that it was made of. */
final class OptionNames {
    private static final Map<String, String> BY_FIELD = Map.ofEntries(
            Map.entry("lambdaARN", "TARGET"),
            Map.entry("powerValues", "--values"),
            Map.entry("num", "--num"),
            Map.entry("policy", "--policy"),
            Map.entry("strategy", "--strategy"),
            Map.entry("balancedWeight", "--weight"),
            Map.entry("useLogs", "--use-logs"),
            Map.entry("maxDurationMs", "--max-duration"),
            Map.entry("percentile", "--percentile"),
            Map.entry("maxCostPerMillion", "--max-cost-per-million"),
            Map.entry("minSaving", "--min-saving"),
            Map.entry("maxSpend", "--budget"),
            Map.entry("maxInvocations", "--max-invocations"),
            Map.entry("callsPerMonth", "--calls-per-month"),
            Map.entry("coldStartShare", "--cold-start-share"),
            Map.entry("priceOverride", "--price-override"),
            Map.entry("payload", "--payload"),
            Map.entry("payloadS3", "--payload"),
            Map.entry("concurrency", "--parallel"),
            Map.entry("autoOptimizeAlias", "--promote"));

    /** Where the remedy for a JSON input would mislead: its defaults are others, and nobody writes brackets here. */
    private static final Map<String, String> REMEDIES = Map.of(
            "powerValues", "Give each memory size in MB once, such as --values 128,512,1024",
            "num", "Leave it out for the algorithm's own number, or for what the policy takes",
            "maxDurationMs", "Give a duration such as 300ms or 1.5s",
            "minSaving", "Give a share such as 5%",
            "maxCostPerMillion", "Give an amount such as 2.50USD",
            "maxSpend", "Give an amount such as 0.05USD",
            "percentile", "Give a percentile such as 95, together with --max-duration",
            "coldStartShare", "Give a share such as 1%, or logs to estimate it from the function's logs",
            "priceOverride", "Give what a GB-second and a million requests cost, such as 0.0000166667,0.2");

    /** Where an option is written otherwise than the input's field. */
    private static final Map<String, String> RULES =
            Map.of("priceOverride", "must be two numbers from 0 to 1000 with a comma between");

    private OptionNames() {}

    /**
     * Checks an input in full.
     *
     * @return what it says
     * @throws BadInput with every problem, named by option
     */
    static TuningInput check(JsonNode input) {
        try {
            return TuningInputReader.read(input, 0);
        } catch (BadInput e) {
            throw new BadInput(e.problems().stream().map(OptionNames::named).toList());
        }
    }

    private static Problem named(Problem problem) {
        String stem = problem.field().replaceFirst("[\\[.].*", "");
        String option = BY_FIELD.getOrDefault(stem, stem);
        boolean kept = stem.equals("num") && !problem.rule().startsWith("must be a whole number");
        return new Problem(
                option + problem.field().substring(stem.length()),
                RULES.getOrDefault(stem, problem.rule().replace("maxDurationMs", "--max-duration")),
                problem.received(),
                kept ? problem.remedy() : REMEDIES.getOrDefault(stem, problem.remedy()));
    }
}
