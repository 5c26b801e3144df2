// SPDX-License-Identifier: Apache-2.0
package dev.memtune.cli;

import dev.memtune.core.failure.BadInput;
import dev.memtune.core.failure.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of {@code tune}; what is not given is left to the algorithm or to the defaults. */
final class TuneOptions {
    @ArgGroup(validate = false, order = 1, heading = "%nThe search:%n")
    private final SearchOptions search = new SearchOptions();

    @ArgGroup(validate = false, order = 2, heading = "%nLimits:%n")
    private final LimitOptions limits = new LimitOptions();

    @ArgGroup(validate = false, order = 3, heading = "%nMoney:%n")
    private final MoneyOptions money = new MoneyOptions();

    @Option(
            names = "--runtime",
            paramLabel = "RUNTIME",
            description =
                    "For a folder without metadata.json: AWS's runtime identifier, such as python3.12, nodejs22.x, java21.")
    private @Nullable String runtime;

    @Option(
            names = "--handler",
            paramLabel = "HANDLER",
            description = "For a folder without metadata.json: AWS's handler string, such as app.handler.")
    private @Nullable String handler;

    @Option(
            names = "--payload",
            paramLabel = "JSON|@FILE",
            description =
                    "The event to invoke with. Default: the algorithm's tests, else {}. A function in an account needs it"
                            + " in words, because its effects are real.")
    private @Nullable String payload;

    @Option(
            names = "--parallel",
            paramLabel = "N",
            description = "The most invocations at once, over all sizes. Default: two per size on the embedded service,"
                    + " else 5 %% of the account's unreserved concurrency.")
    private @Nullable String parallel;

    @Option(
            names = "--promote",
            paramLabel = "ALIAS",
            description = "Moves this alias to the best size. Default: nothing is moved.")
    private @Nullable String promote;

    @Option(
            names = "--apply",
            description = "If everything succeeds, write the best size to $LATEST: for functions without an alias."
                    + " 'memtune rollback' takes it back.")
    private boolean apply;

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description = "Writes everything the table shows and every sample as JSON; - for standard output.")
    private @Nullable Path json;

    @Mixin
    private final StateOptions state = new StateOptions();

    @Mixin
    private final DialogueOptions dialogue = new DialogueOptions();

    SearchOptions search() {
        return search;
    }

    LimitOptions limits() {
        return limits;
    }

    MoneyOptions money() {
        return money;
    }

    Optional<String> runtime() {
        return Optional.ofNullable(runtime);
    }

    Optional<String> handler() {
        return Optional.ofNullable(handler);
    }

    Optional<String> payload() {
        return Optional.ofNullable(payload);
    }

    Optional<String> parallel() {
        return Optional.ofNullable(parallel);
    }

    /** Whether the best size is to be written to {@code $LATEST}. @throws BadInput if an alias is to be promoted too */
    boolean apply() {
        if (apply && promote != null) {
            throw new BadInput(List.of(new Problem(
                    "--apply", "must not be there together with --promote", "both", "Give one of the two")));
        }
        return apply;
    }

    Optional<String> promote() {
        return Optional.ofNullable(promote);
    }

    Optional<Path> json() {
        return Optional.ofNullable(json);
    }

    StateOptions state() {
        return state;
    }

    DialogueOptions dialogue() {
        return dialogue;
    }
}
