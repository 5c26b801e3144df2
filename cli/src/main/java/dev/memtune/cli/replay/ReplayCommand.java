// SPDX-License-Identifier: Apache-2.0
package dev.memtune.cli.replay;

import dev.memtune.cli.Terminal;
import dev.memtune.core.replay.Pool;
import dev.memtune.core.replay.Replay;
import dev.memtune.core.replay.ReplayPlan;
import dev.memtune.core.replay.ReplayResult;
import dev.memtune.core.run.Outcome;
import dev.memtune.core.wire.Json;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code memtune replay}: what each policy would have chosen and spent on recorded invocations. */
@Command(
        name = "replay",
        description =
                "Plays search policies against recorded invocations: what each would have chosen, what it would have"
                        + " spent, and how wrong it would have been. Needs no account and invokes nothing.",
        footer = {
            "",
            "DATA is a CSV file, or one packed with gzip whose name ends in .gz, with the columns",
            "function,memory_mb,sample_index,billed_ms in any order; other columns are passed over.",
            "Regret: how much worse the chosen size is than the best recorded one.",
            "Passes: what was spent over one invocation at every size.",
            "Stated, held: the runs that said that no tested size is better by more than the policy's tolerance,",
            "and of those the ones where that is true."
        })
public final class ReplayCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "DATA", description = "The records.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path data;

    @Option(
            names = "--policy",
            paramLabel = "POLICY",
            description =
                    "quick, standard, rigorous, exhaustive:N or leader:N (AWS Lambda Power Tuning's rule). Repeat it"
                            + " to compare policies on the same draws. Default: standard and leader:50.")
    private List<String> policies = List.of("standard", "leader:50");

    @Option(
            names = "--objective",
            paramLabel = "OBJECTIVE",
            description = "cost, duration (or speed), balanced. Default: cost.")
    private String objective = "cost";

    @Option(
            names = "--values",
            paramLabel = "MB",
            split = ",",
            description =
                    "The memory sizes a user would have named. Default: all that were recorded. The searches may add"
                            + " other recorded sizes.")
    private List<String> values = List.of();

    @Option(
            names = "--runs",
            paramLabel = "N",
            description = "Runs per function and policy, 1 to 100000. Default: 200.")
    private String runs = "200";

    @Option(names = "--seed", paramLabel = "N", description = "The seed of all draws. Default: 1.")
    private String seed = "1";

    @Option(
            names = "--trade",
            description =
                    "Among sizes that are equal within the tolerance, take the faster for cost and the cheaper for"
                            + " duration, as tune does. Default: take the least, which is what regret is about.")
    private boolean trade;

    @Option(names = "--json", description = "Writes one JSON document to standard output instead of a table.")
    private boolean json;

    /** @param terminal where the result goes */
    public ReplayCommand(Terminal terminal) {
        this.terminal = Objects.requireNonNull(terminal, "terminal");
    }

    @Override
    public Integer call() {
        ReplayOptions options = new ReplayOptions(policies, objective, values, runs, seed, trade);
        ReplayPlan plan = options.plan();
        List<Pool> pools = new DataFile(data).pools();
        ReplayResult result = new Replay(plan).run(pools);
        if (json) {
            terminal.out().println(Json.write(ReplayDocument.of(data, plan, result)));
        } else {
            new ReplayTable(result).lines().forEach(terminal.out()::println);
        }
        return Outcome.KEPT.exitCode();
    }
}
