// SPDX-License-Identifier: Apache-2.0
package dev.memtune.cli;

import dev.memtune.aws.Endpoint;
import dev.memtune.aws.LambdaClients;
import dev.memtune.cleaner.CleanerOutput;
import dev.memtune.cli.host.EmbeddedHost;
import dev.memtune.cli.tuning.Ports;
import dev.memtune.cli.tuning.Undoing;
import dev.memtune.cli.tuning.Workbench;
import dev.memtune.cli.watch.AlgorithmRollback;
import dev.memtune.cli.watch.RegistryOptions;
import dev.memtune.cli.watch.WatchedFolder;
import dev.memtune.core.failure.BadInput;
import dev.memtune.core.failure.NotTunable;
import dev.memtune.core.failure.Problem;
import dev.memtune.core.function.FunctionReference;
import dev.memtune.core.port.ReportSource;
import dev.memtune.core.run.Outcome;
import dev.memtune.core.wire.Promotion;
import dev.memtune.local.service.DataDirectoryInUse;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code memtune rollback}: goes back on the last promotion that was made from this machine. */
@Command(
        name = "rollback",
        description =
                "Goes back on the last promotion of an algorithm that was uploaded, or of a function that was promoted from"
                        + " here: moves the alias back to the version that it pointed to, or gives $LATEST the memory size"
                        + " back that it had. Refuses if somebody else moved it since. A second rollback returns to what"
                        + " was promoted.",
        footer = {
            "",
            "Examples:",
            "  memtune rollback my-algorithm --folder inbox",
            "  memtune rollback my-algorithm --stack memtune --region eu-central-1",
            "  memtune rollback my-function",
            "  memtune rollback my-function --alias live",
            "  memtune rollback my-function --alias '$LATEST'",
            "",
            "Exit codes: 0 it is back, 5 another run holds the function, 6 it is as it was before; see 'memtune --help'."
        })
final class RollbackCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final Home installation;

    @Parameters(
            paramLabel = "NAME",
            description =
                    "The algorithm's name, or the function's name or ARN. An algorithm of the folder that was watched"
                            + " last comes first, unless --data or an account is given.")
    private String function = "";

    @Option(
            names = "--alias",
            paramLabel = "ALIAS",
            description = "The alias that was promoted; $LATEST for what --apply wrote. Default: ${DEFAULT-VALUE}.",
            defaultValue = "prod")
    private String alias = "prod";

    @Mixin
    private final StateOptions state = new StateOptions();

    @Mixin
    private final RegistryOptions uploads = new RegistryOptions();

    RollbackCommand(Terminal terminal, Home installation) {
        this.terminal = terminal;
        this.installation = installation;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        FunctionReference reference = FunctionReference.parse(function)
                .orElseThrow(() -> new BadInput(List.of(new Problem(
                        "NAME",
                        "must be a function's name or ARN",
                        function,
                        "Give the name that the promotion was given"))));
        return report(undo(reference)).exitCode();
    }

    private Undoing undo(FunctionReference reference) throws IOException, InterruptedException {
        if (state.isGiven() && (uploads.isFolderGiven() || uploads.stack().isNamed())) {
            throw new BadInput(List.of(new Problem(
                    "--data", "must not come together with --folder or --stack", "both", "Leave one of them out")));
        }
        AlgorithmRollback algorithm = new AlgorithmRollback(reference, alias, terminal);
        if (uploads.stack().isNamed()) {
            return algorithm.on(uploads.openStack(), installation);
        }
        Optional<WatchedFolder> watched =
                isOfFunctions() ? Optional.empty() : uploads.folderOf(reference.name(), installation);
        if (watched.isPresent()) {
            return algorithm.in(watched.get(), installation);
        }
        Home home = state.home(installation);
        Optional<Undoing> undone = embedded(reference, home);
        return undone.isPresent() ? undone.get() : deployed(reference, home);
    }

    /** Whether functions are meant, of an account or of another folder of state, and no algorithm. */
    private boolean isOfFunctions() {
        return !uploads.isFolderGiven()
                && (state.isGiven() || uploads.stack().account().isGiven());
    }

    /** What was promoted on the embedded service; empty if nothing was. */
    private Optional<Undoing> embedded(FunctionReference reference, Home home) throws IOException {
        if (!Files.isDirectory(Workbench.functions(home))) {
            return Optional.empty();
        }
        try (EmbeddedHost host = EmbeddedHost.start(Workbench.functions(home))) {
            return Optional.of(rollBack(Workbench.embedded(host, home, terminal), reference));
        } catch (DataDirectoryInUse e) {
            throw new BadInput(List.of(new Problem(
                    "--data",
                    "must be a folder that no other command works on",
                    home.state().toString(),
                    "Stop process " + e.holder() + ", and start it again afterwards")));
        } catch (NotTunable e) {
            if (Workbench.hasDeployedRuns(home)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private Undoing deployed(FunctionReference reference, Home home) throws IOException {
        Endpoint endpoint = uploads.stack().account().endpoint(function, null);
        try (LambdaClients clients = LambdaClients.of(endpoint)) {
            return rollBack(Workbench.deployed(clients, ReportSource.NONE, endpoint, home, terminal), reference);
        }
    }

    private Undoing rollBack(Ports ports, FunctionReference reference) {
        return Workbench.rollBack(ports, RandomGenerator.getDefault(), reference, alias);
    }

    private Outcome report(Undoing undone) {
        Promotion promotion = undone.promotion();
        String what =
                promotion.toMemoryMB() + " MB instead of " + promotion.fromMemoryMB() + " MB; " + promotion.reason();
        terminal.out()
                .println(
                        "$LATEST".equals(promotion.alias())
                                ? function + ": $LATEST has " + what
                                : function + ": alias " + promotion.alias() + " is back at version "
                                        + promotion.toVersion() + " from version " + promotion.fromVersion() + ": "
                                        + what);
        undone.cleanUp().stream()
                .map(CleanerOutput::dirty)
                .flatMap(List::stream)
                .forEach(terminal.err()::println);
        return undone.cleanUp().stream().allMatch(CleanerOutput::clean) ? Outcome.PROMOTED : Outcome.DIRTY;
    }
}
