// SPDX-License-Identifier: Apache-2.0
package dev.memtune.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.memtune.core.failure.BadInput;
import dev.memtune.core.failure.Problem;
import dev.memtune.core.wire.TuningInputReader;
import java.util.Map;

/** Says what is wrong with an input in the words of the command line that it was made of. */
final class OptionNames {
    private static final Map<String, String> BY_FIELD = Map.of(
            "lambdaARN", "TARGET",
            "powerValues", "--values",
            "num", "--num",
            "strategy", "--strategy",
            "payload", "--payload",
            "concurrency", "--parallel",
            "autoOptimizeAlias", "--promote",
            "callsPerMonth", "--calls-per-month",
            "coldStartShare", "--cold-start-share",
            "priceOverride", "--price-override");

    /** Where the remedy for a JSON input would mislead: its defaults are others, and nobody writes brackets here. */
    private static final Map<String, String> REMEDIES = Map.of(
            "powerValues", "Give each memory size in MB once, such as --values 128,512,1024",
            "num", "Leave it out for the algorithm's own number, or for 10",
            "coldStartShare", "Give a share, 0.01 is one in a hundred; or logs, to estimate it from the function's logs",
            "priceOverride", "Give what a GB-second and a million requests cost, such as 0.0000166667,0.2");

    private static final Map<String, String> RULES =
            Map.of("priceOverride", "must be two numbers from 0 to 1000 with a comma between");

    private OptionNames() {}

    /**
     * Checks an input in full.
     *
     * @throws BadInput with every problem, named by option
     */
    static void check(JsonNode input) {
        try {
            TuningInputReader.read(input, 0);
        } catch (BadInput e) {
            throw new BadInput(e.problems().stream().map(OptionNames::named).toList());
        }
    }

    private static Problem named(Problem problem) {
        String stem = problem.field().replaceFirst("[\\[.].*", "");
        String option = BY_FIELD.getOrDefault(stem, stem);
        boolean isRange = stem.equals("num") && problem.rule().startsWith("must be a whole number");
        boolean replaced = !stem.equals("num") || isRange;
        return new Problem(
                option + problem.field().substring(stem.length()),
                RULES.getOrDefault(stem, problem.rule()),
                problem.received(),
                replaced ? REMEDIES.getOrDefault(stem, problem.remedy()) : problem.remedy());
    }
}
