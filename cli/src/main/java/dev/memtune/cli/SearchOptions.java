// SPDX-License-Identifier: Apache-2.0
package dev.memtune.cli;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of {@code tune} that say where to look, how hard, and for what. */
final class SearchOptions {
    @Option(
            names = "--values",
            paramLabel = "MB",
            split = ",",
            description =
                    "Memory sizes to measure, 128 to 10240. Default: the algorithm's, else 128,256,512,1024,1769.")
    private List<String> values = List.of();

    @Option(
            names = "--num",
            paramLabel = "N",
            description =
                    "Invocations per size; where the policy searches, the most per size. Default: the algorithm's,"
                            + " else what the policy takes.")
    private @Nullable String num;

    @Option(
            names = "--policy",
            paramLabel = "POLICY",
            description =
                    "quick, standard or rigorous search, which stop when the answer is sure enough; exhaustive: --num"
                            + " at every size; leader: exhaustive, decided by AWS Lambda Power Tuning's rule. Default: exhaustive"
                            + " where --values and --num are both given, else the algorithm's, else standard.")
    private @Nullable String policy;

    @Option(
            names = "--strategy",
            paramLabel = "STRATEGY",
            description = "cost, duration (or speed), balanced. Default: the algorithm's, else cost.")
    private @Nullable String strategy;

    @Option(
            names = "--weight",
            paramLabel = "W",
            description = "For --strategy balanced: 1 is cost alone, 0 is duration alone. Default: 0.5.")
    private @Nullable String weight;

    @Option(
            names = "--use-logs",
            description =
                    "Lets past invocations that are in the function's own logs count as measurements; only those of published"
                            + " versions with the same code and settings.")
    private boolean useLogs;

    List<String> values() {
        return List.copyOf(values);
    }

    Optional<String> num() {
        return Optional.ofNullable(num);
    }

    Optional<String> policy() {
        return Optional.ofNullable(policy);
    }

    Optional<String> strategy() {
        return Optional.ofNullable(strategy);
    }

    Optional<String> weight() {
        return Optional.ofNullable(weight);
    }

    boolean useLogs() {
        return useLogs;
    }
}
