// SPDX-License-Identifier: Apache-2.0
package dev.memtune.cli.tuning;

import dev.memtune.aws.AwsFunctionControl;
import dev.memtune.aws.AwsFunctionInvoker;
import dev.memtune.aws.AwsObjectSource;
import dev.memtune.aws.AwsReportSource;
import dev.memtune.aws.Endpoint;
import dev.memtune.aws.LambdaClients;
import dev.memtune.aws.runs.AwsRunStore;
import dev.memtune.aws.runs.RunStoreSettings;
import dev.memtune.cleaner.CleanerOutput;
import dev.memtune.cli.Home;
import dev.memtune.cli.Terminal;
import dev.memtune.cli.host.EmbeddedHost;
import dev.memtune.cli.prices.PriceFile;
import dev.memtune.core.function.FunctionReference;
import dev.memtune.core.port.ObjectSource;
import dev.memtune.core.port.ReportSource;
import dev.memtune.core.port.Sleeper;
import dev.memtune.core.price.PriceTable;
import dev.memtune.core.registry.Registry;
import dev.memtune.core.run.Run;
import dev.memtune.core.run.RunIds;
import dev.memtune.core.wire.Promotion;
import dev.memtune.local.store.FileRunStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/** Ports on the embedded service, or on the Lambda that the SDK finds; each with its own runs. */
public final class Workbench {
    private static final Sleeper SLEEPER = duration -> Thread.sleep(Duration.ofNanos(duration.toNanos()));

    /** As long as the stack keeps runs unless told otherwise. */
    private static final Duration RETENTION = Duration.ofDays(90);

    private Workbench() {}

    /** Where the embedded service keeps its functions. */
    public static Path functions(Home home) {
        return home.state().resolve("embedded").resolve("lambda");
    }

    /** Ports on an embedded service. */
    public static Ports embedded(EmbeddedHost host, Home home, Terminal terminal) throws IOException {
        return embedded(host.clients(), host.logs(), home, terminal);
    }

    /** Ports on an embedded service that another process may run; both write to the same runs. */
    public static Ports embedded(LambdaClients clients, ReportSource logs, Home home, Terminal terminal)
            throws IOException {
        return ports(
                clients,
                home.state().resolve("embedded").resolve("runs"),
                terminal,
                logs,
                new Endpoint.Default(),
                PriceFile.of(home).table());
    }

    /** Ports on an account, or what stands for one. */
    public static Ports deployed(
            LambdaClients clients, ReportSource logs, Endpoint endpoint, Home home, Terminal terminal)
            throws IOException {
        return ports(
                clients,
                home.state().resolve("runs"),
                terminal,
                logs,
                endpoint,
                PriceFile.of(home).table());
    }

    /** The runs of a deployed stack. */
    public static AwsRunStore runs(Endpoint endpoint, String table) {
        return AwsRunStore.of(
                new RunStoreSettings(endpoint, table, RETENTION, InstantSource.system(), SLEEPER, new SecureRandom()));
    }

    /** Whether functions behind another endpoint were ever tuned from here. */
    public static boolean hasDeployedRuns(Home home) {
        return Files.isDirectory(home.state().resolve("runs"));
    }

    /** The logs of an account. */
    public static AwsReportSource logs(Endpoint endpoint) {
        return AwsReportSource.of(endpoint, InstantSource.system(), SLEEPER);
    }

    /** One object is read per run at most, so the client lives no longer than that. */
    private static ObjectSource objects(Endpoint endpoint) {
        return (location, maxBytes) -> {
            try (AwsObjectSource objects = AwsObjectSource.of(endpoint)) {
                return objects.read(location, maxBytes);
            }
        };
    }

    /** Cleans up after runs that ended without doing so. */
    public static List<CleanerOutput> sweep(Ports ports, Predicate<Run> which) {
        return new Steps(ports).cleaner().sweep(which);
    }

    /**
     * Ends what an execution that was cut off has begun: cleans up after it and records its end, unless it has recorded one.
     *
     * @param name the execution's
     * @return whether it was cut off: it had recorded no end of its own
     */
    public static boolean finish(Ports ports, String name) {
        String executionId = Tuning.executionId(name);
        boolean wasCutOff = !RecordedEnd.isThere(ports.store(), RunIds.of(executionId));
        new Steps(ports).finish(executionId, "Interrupted", "the process that ran it has ended", true);
        return wasCutOff;
    }

    /**
     * Goes back on a promotion; the lease that is held for it is released whatever becomes of it.
     *
     * @param random names the rollback
     * @param target the alias, or {@code $LATEST}
     * @throws dev.memtune.core.failure.TuningFailure if there is nothing to go back to, or it is somebody else's by now
     */
    public static Undoing rollBack(Ports ports, RandomGenerator random, FunctionReference function, String target) {
        String executionId = "rollback-" + Long.toHexString(random.nextLong());
        Predicate<Run> itself = run -> run.executionId().equals(executionId);
        Promotion promotion;
        try {
            promotion = new Steps(ports).reverter().rollBack(executionId, function, target);
        } catch (RuntimeException e) {
            sweep(ports, itself).stream()
                    .flatMap(left -> left.dirty().stream())
                    .forEach(left -> e.addSuppressed(new IllegalStateException(left)));
            throw e;
        }
        return new Undoing(promotion, sweep(ports, itself));
    }

    private static Ports ports(
            LambdaClients clients,
            Path runs,
            Terminal terminal,
            ReportSource logs,
            Endpoint endpoint,
            PriceTable prices)
            throws IOException {
        return new Ports(
                new AwsFunctionControl(clients, warning -> terminal.err().println("memtune: " + warning)),
                new AwsFunctionInvoker(clients),
                logs,
                objects(endpoint),
                new FileRunStore(runs),
                Registry.NONE,
                prices,
                InstantSource.system(),
                SLEEPER,
                clients.throttles()::take);
    }
}
