// SPDX-License-Identifier: Apache-2.0
package dev.memtune.cli.tuning;

import dev.memtune.aws.AwsFunctionControl;
import dev.memtune.aws.AwsFunctionInvoker;
import dev.memtune.aws.AwsObjectSource;
import dev.memtune.aws.AwsReportSource;
import dev.memtune.aws.Endpoint;
import dev.memtune.aws.LambdaClients;
import dev.memtune.cleaner.CleanerOutput;
import dev.memtune.cli.Home;
import dev.memtune.cli.Terminal;
import dev.memtune.cli.host.EmbeddedHost;
import dev.memtune.cli.prices.PriceFile;
import dev.memtune.core.port.ReportSource;
import dev.memtune.core.port.Sleeper;
import dev.memtune.core.price.PriceTable;
import dev.memtune.core.run.Run;
import dev.memtune.core.wire.S3Location;
import dev.memtune.local.store.FileRunStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Predicate;

/** Ports on the embedded service, or on the Lambda that the SDK finds; each with its own runs. */
public final class Workbench {
    private static final Sleeper SLEEPER = duration -> Thread.sleep(Duration.ofNanos(duration.toNanos()));

    private Workbench() {}

    /** Where the embedded service keeps its functions. */
    public static Path functions(Home home) {
        return home.state().resolve("embedded").resolve("lambda");
    }

    /** Ports on an embedded service. */
    public static Ports embedded(EmbeddedHost host, Home home, Terminal terminal) throws IOException {
        return ports(
                host.clients(),
                home.state().resolve("embedded").resolve("runs"),
                terminal,
                ReportSource.NONE,
                PriceFile.of(home).table());
    }

    /** Ports on the Lambda endpoint that the SDK resolves. */
    public static Ports deployed(LambdaClients clients, ReportSource logs, Home home, Terminal terminal)
            throws IOException {
        return ports(
                clients,
                home.state().resolve("runs"),
                terminal,
                logs,
                PriceFile.of(home).table());
    }

    /** Whether functions behind another endpoint were ever tuned from here. */
    public static boolean hasDeployedRuns(Home home) {
        return Files.isDirectory(home.state().resolve("runs"));
    }

    /** Clients of the Lambda endpoint that the SDK resolves. */
    public static LambdaClients defaultClients() {
        return LambdaClients.of(new Endpoint.Default());
    }

    /** The logs of the account that the SDK resolves. */
    public static AwsReportSource defaultLogs() {
        return AwsReportSource.of(new Endpoint.Default(), InstantSource.system(), SLEEPER);
    }

    /** One object is read per run at most, so the client lives no longer than that. */
    private static byte[] object(S3Location location, int maxBytes) {
        try (AwsObjectSource objects = AwsObjectSource.of(new Endpoint.Default())) {
            return objects.read(location, maxBytes);
        }
    }

    /** Cleans up after runs that ended without doing so. */
    public static List<CleanerOutput> sweep(Ports ports, Predicate<Run> which) {
        return new Steps(ports).cleaner().sweep(which);
    }

    private static Ports ports(
            LambdaClients clients, Path runs, Terminal terminal, ReportSource logs, PriceTable prices)
            throws IOException {
        return new Ports(
                new AwsFunctionControl(clients, warning -> terminal.err().println("memtune: " + warning)),
                new AwsFunctionInvoker(clients),
                logs,
                Workbench::object,
                new FileRunStore(runs),
                prices,
                InstantSource.system(),
                SLEEPER);
    }
}
