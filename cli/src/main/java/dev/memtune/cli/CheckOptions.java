// SPDX-License-Identifier: Apache-2.0
package dev.memtune.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of {@code check}. */
final class CheckOptions {
    @Option(
            names = "--baseline",
            paramLabel = "ALIAS|VERSION|FOLDER",
            required = true,
            description = "What to compare with: an alias or a version of the same function; for a folder also another"
                    + " folder or zip.")
    private String baseline = "";

    @Option(
            names = "--max-cost-increase",
            paramLabel = "PERCENT",
            description = "How much more an invocation may cost, request fee included, such as 5%%.")
    private @Nullable String maxCostIncrease;

    @Option(
            names = "--max-duration-increase",
            paramLabel = "PERCENT",
            description = "How much longer the mean duration may be, such as 10%%. Without any gate: 5%% of cost and"
                    + " 10%% of duration.")
    private @Nullable String maxDurationIncrease;

    @Option(
            names = "--p95",
            paramLabel = "TIME",
            description = "What 95%% of the candidate's invocations must keep within, such as 300ms.")
    private @Nullable String p95;

    @Option(
            names = "--max-cost-per-million",
            paramLabel = "MONEY",
            description = "What a million of the candidate's invocations may cost, such as 2.50.")
    private @Nullable String maxCostPerMillion;

    @Option(
            names = "--confidence",
            paramLabel = "PERCENT",
            description =
                    "That a candidate which passes keeps to the gates, and one which fails does not; that it is worse at"
                            + " all is then eight times surer. Default: 95%%.")
    private @Nullable String confidence;

    @Option(
            names = "--num",
            paramLabel = "N",
            description = "The most invocations of each version, at least 8. Default: 60.")
    private @Nullable String num;

    @Option(
            names = "--undecided",
            paramLabel = "pass|fail|warn",
            description = "What it amounts to if the invocations do not settle it. Default: fail, with exit code 4.")
    private @Nullable String undecided;

    @Option(
            names = "--promote-on-pass",
            paramLabel = "ALIAS",
            description = "Moves this alias to the candidate if it passes. Default: nothing is moved.")
    private @Nullable String promoteOnPass;

    @Option(
            names = "--payload",
            paramLabel = "JSON|@FILE",
            description = "The event to invoke with. Default: the algorithm's tests, else {}. A function in an account"
                    + " needs it in words, because its effects are real.")
    private @Nullable String payload;

    @Option(
            names = "--parallel",
            paramLabel = "N",
            description = "The most invocations at once, over both versions. Default: 4 on the embedded service, else"
                    + " 5 %% of the account's unreserved concurrency.")
    private @Nullable String parallel;

    @Option(
            names = "--memory",
            paramLabel = "MB",
            description = "For a folder: its memory size. Default: the baseline's, else 1024.")
    private @Nullable String memory;

    @Option(names = "--runtime", paramLabel = "RUNTIME", description = "For a folder without metadata.json.")
    private @Nullable String runtime;

    @Option(names = "--handler", paramLabel = "HANDLER", description = "For a folder without metadata.json.")
    private @Nullable String handler;

    @Option(names = "--junit", paramLabel = "FILE", description = "Writes JUnit XML: a test case per gate.")
    private @Nullable Path junit;

    @Option(names = "--markdown", paramLabel = "FILE", description = "Writes a summary in Markdown.")
    private @Nullable Path markdown;

    @Option(names = "--json", description = "Writes one JSON document to standard output instead of a table.")
    private boolean json;

    @Mixin
    private final StateOptions state = new StateOptions();

    @Mixin
    private final DialogueOptions dialogue = new DialogueOptions();

    String baseline() {
        return baseline;
    }

    Optional<String> maxCostIncrease() {
        return Optional.ofNullable(maxCostIncrease);
    }

    Optional<String> maxDurationIncrease() {
        return Optional.ofNullable(maxDurationIncrease);
    }

    Optional<String> p95() {
        return Optional.ofNullable(p95);
    }

    Optional<String> maxCostPerMillion() {
        return Optional.ofNullable(maxCostPerMillion);
    }

    Optional<String> confidence() {
        return Optional.ofNullable(confidence);
    }

    Optional<String> num() {
        return Optional.ofNullable(num);
    }

    Optional<String> undecided() {
        return Optional.ofNullable(undecided);
    }

    Optional<String> promoteOnPass() {
        return Optional.ofNullable(promoteOnPass);
    }

    Optional<String> payload() {
        return Optional.ofNullable(payload);
    }

    Optional<String> parallel() {
        return Optional.ofNullable(parallel);
    }

    Optional<String> memory() {
        return Optional.ofNullable(memory);
    }

    Optional<String> runtime() {
        return Optional.ofNullable(runtime);
    }

    Optional<String> handler() {
        return Optional.ofNullable(handler);
    }

    Optional<Path> junit() {
        return Optional.ofNullable(junit);
    }

    Optional<Path> markdown() {
        return Optional.ofNullable(markdown);
    }

    boolean json() {
        return json;
    }

    StateOptions state() {
        return state;
    }

    DialogueOptions dialogue() {
        return dialogue;
    }
}
