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
    private static final Map<String, String> BY_FIELD = Map.of(
            "lambdaARN", "TARGET",
            "powerValues", "--values",
            "num", "--num",
            "strategy", "--strategy",
            "payload", "--payload",
            "payloadS3", "--payload",
            "concurrency", "--parallel",
            "autoOptimizeAlias", "--promote");

    /** Where the remedy for a JSON input would mislead: its defaults are others, and nobody writes brackets here. */
    private static final Map<String, String> REMEDIES = Map.of(
            "powerValues", "Give each memory size in MB once, such as --values 128,512,1024",
            "num", "Leave it out for the algorithm's own number, or for 10");

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
        boolean isRange = stem.equals("num") && problem.rule().startsWith("must be a whole number");
        boolean replaced = stem.equals("powerValues") || isRange;
        return new Problem(
                option + problem.field().substring(stem.length()),
                problem.rule(),
                problem.received(),
                replaced ? REMEDIES.getOrDefault(stem, problem.remedy()) : problem.remedy());
    }
}
