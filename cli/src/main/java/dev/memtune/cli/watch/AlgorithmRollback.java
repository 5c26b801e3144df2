// SPDX-License-Identifier: Apache-2.0
package dev.memtune.cli.watch;

import dev.memtune.aws.LambdaClients;
import dev.memtune.aws.runs.AwsRunStore;
import dev.memtune.cli.Home;
import dev.memtune.cli.Terminal;
import dev.memtune.cli.account.UploadStack;
import dev.memtune.cli.host.EmbeddedHost;
import dev.memtune.cli.tuning.Ports;
import dev.memtune.cli.tuning.Undoing;
import dev.memtune.cli.tuning.Workbench;
import dev.memtune.core.failure.BadInput;
import dev.memtune.core.failure.Problem;
import dev.memtune.core.function.FunctionReference;
import dev.memtune.core.port.ReportSource;
import dev.memtune.core.registry.Registry;
import dev.memtune.core.registry.RollbackNote;
import dev.memtune.local.service.DataDirectoryInUse;
import dev.memtune.local.store.FileRegistry;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Goes back on the promotion of an algorithm that was uploaded, and says so on its item. It holds the function as a tuning
 * does, so it may be done while a folder is watched, and while a stack is at work.
 *
 * @param algorithm the function
 * @param alias the alias that was promoted
 * @param terminal where warnings go
 */
public record AlgorithmRollback(FunctionReference algorithm, String alias, Terminal terminal) {
    /**
     * On a folder that is or was watched.
     *
     * @param home of the installation
     */
    public Undoing in(WatchedFolder watched, Home home) throws IOException {
        Home state = home.withState(watched.state());
        FileRegistry registry = new FileRegistry(watched.registry());
        try (EmbeddedHost host = EmbeddedHost.start(Workbench.functions(state))) {
            return rollBack(Workbench.embedded(host, state, terminal), registry);
        } catch (DataDirectoryInUse e) {
            return beside(watched, state, registry, e.holder());
        }
    }

    /** Whoever watches the folder runs the service. */
    private Undoing beside(WatchedFolder watched, Home state, Registry registry, String holder) throws IOException {
        try (LambdaClients clients = LambdaClients.of(EmbeddedHost.at(LastWatched.service(watched)
                .orElseThrow(() -> bad(
                        "--folder",
                        "must be free, or watched",
                        watched.drop().toString(),
                        "Wait until process " + holder + " has ended"))))) {
            return rollBack(Workbench.embedded(clients, ReportSource.NONE, state, terminal), registry);
        }
    }

    /** On a deployed stack, with the caller's own rights. */
    public Undoing on(UploadStack stack, Home home) throws IOException, InterruptedException {
        if (stack.runTable().isEmpty()) {
            throw bad("--stack", "must have the output RunTableName", stack.name(), "Deploy the template anew");
        }
        try (LambdaClients clients = LambdaClients.of(stack.endpoint());
                AwsRunStore runs = Workbench.runs(stack.endpoint(), stack.runTable())) {
            Ports ports = Workbench.deployed(clients, ReportSource.NONE, stack.endpoint(), home, terminal)
                    .storing(runs);
            return stack.ask(registry -> {
                if (registry.find(algorithm.name()).isEmpty()) {
                    throw RegistryOptions.unknown(algorithm.name());
                }
                return rollBack(ports, registry);
            });
        }
    }

    private Undoing rollBack(Ports ports, Registry registry) {
        Undoing undone = Workbench.rollBack(ports, RandomGenerator.getDefault(), algorithm, alias);
        new RollbackNote(registry, InstantSource.system()).write(algorithm.name(), undone.promotion());
        return undone;
    }

    private static BadInput bad(String field, String rule, String received, String remedy) {
        return new BadInput(List.of(new Problem(field, rule, received, remedy)));
    }
}
