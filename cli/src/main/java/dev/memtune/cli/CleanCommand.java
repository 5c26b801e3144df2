// SPDX-License-Identifier: Apache-2.0
package dev.memtune.cli;

import dev.memtune.aws.Endpoint;
import dev.memtune.aws.LambdaClients;
import dev.memtune.aws.runs.AwsRunStore;
import dev.memtune.cleaner.CleanerOutput;
import dev.memtune.cli.account.AccountOptions;
import dev.memtune.cli.host.EmbeddedHost;
import dev.memtune.cli.tuning.Ports;
import dev.memtune.cli.tuning.Workbench;
import dev.memtune.core.failure.BadInput;
import dev.memtune.core.failure.Problem;
import dev.memtune.core.function.FunctionReference;
import dev.memtune.core.port.LambdaFault;
import dev.memtune.core.port.ReportSource;
import dev.memtune.core.run.Outcome;
import dev.memtune.core.run.Run;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code memtune clean}: undoes what runs of this machine, or of a deployed stack, left behind on a function. */
@Command(
        name = "clean",
        description =
                "Undoes what an interrupted run left behind on a function: deletes exactly the versions and aliases that"
                        + " the run made, gives $LATEST its memory size back, releases the lease. Harmless to repeat.",
        footer = {"", "Exit codes: 0 nothing is left, 7 something is; see 'memtune --help'."})
final class CleanCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final Home installation;

    @Parameters(paramLabel = "FUNCTION", description = "The function's name or ARN.")
    private String function = "";

    @Mixin
    private final StateOptions state = new StateOptions();

    @Mixin
    private final AccountOptions account = new AccountOptions();

    @Option(
            names = "--table",
            paramLabel = "NAME",
            description =
                    "Undoes the runs of a deployed stack instead, also when the stack is gone: the name of its run"
                            + " store, the stack's output RunTableName.")
    private @Nullable String table;

    CleanCommand(Terminal terminal, Home installation) {
        this.terminal = terminal;
        this.installation = installation;
    }

    @Override
    public Integer call() throws IOException {
        Home home = state.home(installation);
        Predicate<Run> which = isOfFunction();
        return report(table == null ? ofThisMachine(home, which) : ofStack(table, home, which))
                .exitCode();
    }

    /** The stack's steps may be at work: each of them stops at its next change. */
    private List<CleanerOutput> ofStack(String tableName, Home home, Predicate<Run> which) throws IOException {
        Endpoint endpoint = account.endpoint(function, null);
        try (LambdaClients clients = LambdaClients.of(endpoint);
                AwsRunStore runs = Workbench.runs(endpoint, tableName)) {
            return Workbench.sweep(
                    Workbench.deployed(clients, ReportSource.NONE, endpoint, home, terminal)
                            .storing(runs),
                    which);
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof FileNotFoundException) {
                throw new BadInput(List.of(new Problem(
                        "--table",
                        "must be the run store of a deployed stack, in this region and account",
                        tableName,
                        "Give the stack's output RunTableName")));
            }
            throw new LambdaFault.OutcomeUnknown(String.valueOf(e.getMessage()), e);
        }
    }

    private List<CleanerOutput> ofThisMachine(Home home, Predicate<Run> which) throws IOException {
        List<CleanerOutput> swept = new ArrayList<>();
        if (Files.isDirectory(Workbench.functions(home))) {
            try (EmbeddedHost host = EmbeddedHost.start(Workbench.functions(home))) {
                swept.addAll(Workbench.sweep(Workbench.embedded(host, home, terminal), which));
            }
        }
        if (Workbench.hasDeployedRuns(home)) {
            Endpoint endpoint = account.endpoint(function, null);
            try (LambdaClients clients = LambdaClients.of(endpoint)) {
                Ports ports = Workbench.deployed(clients, ReportSource.NONE, endpoint, home, terminal);
                swept.addAll(Workbench.sweep(ports, which));
            }
        }
        return swept;
    }

    private Predicate<Run> isOfFunction() {
        String name = name(function)
                .orElseThrow(() -> new BadInput(List.of(new Problem(
                        "FUNCTION",
                        "must be a function's name or ARN",
                        function,
                        "Give the name that the run was given"))));
        return run -> name(run.function()).equals(Optional.of(name));
    }

    private static Optional<String> name(String text) {
        return FunctionReference.parse(text).map(FunctionReference::name);
    }

    private Outcome report(List<CleanerOutput> swept) {
        if (swept.isEmpty()) {
            String whose = table == null ? "this machine" : "the table " + table;
            terminal.out().println(function + ": no run of " + whose + " left anything to clean up");
        }
        for (CleanerOutput one : swept) {
            terminal.out()
                    .println(function + ": run " + one.runId()
                            + (one.clean() ? " is cleaned up" : " is not cleaned up:"));
            one.dirty().forEach(line -> terminal.out().println("  " + line));
        }
        return swept.stream().allMatch(CleanerOutput::clean) ? Outcome.KEPT : Outcome.DIRTY;
    }
}
