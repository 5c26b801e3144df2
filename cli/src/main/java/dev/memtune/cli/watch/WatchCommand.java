// SPDX-License-Identifier: Apache-2.0
package dev.memtune.cli.watch;

import dev.memtune.cli.Home;
import dev.memtune.cli.Interrupts;
import dev.memtune.cli.Terminal;
import dev.memtune.cli.host.EmbeddedHost;
import dev.memtune.cli.prices.PriceFile;
import dev.memtune.cli.tuning.HostNotes;
import dev.memtune.cli.tuning.Ports;
import dev.memtune.cli.tuning.Workbench;
import dev.memtune.cli.watch.UploadPipeline.Ground;
import dev.memtune.core.failure.BadInput;
import dev.memtune.core.failure.Problem;
import dev.memtune.core.registry.AlgorithmItem;
import dev.memtune.core.run.Outcome;
import dev.memtune.local.service.DataDirectoryInUse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code memtune watch}: what is dropped into a folder is deployed, tuned and promoted on this machine. */
@Command(
        name = "watch",
        description =
                "Deploys, tunes and promotes what is dropped into a folder: zips in the upload layout, on the embedded Lambda"
                        + " service, through the same steps as on AWS. Results are in FOLDER/results/NAME. A changed zip is a"
                        + " new upload, the same again is nothing, and one that is taken away changes nothing.",
        footer = {
            "",
            "Examples:",
            "  memtune watch inbox",
            "  memtune watch inbox --once",
            "",
            "Ctrl-C stops it and leaves functions as they were; started again, it goes on where it was.",
            "Exit codes with --once: 0 all are promoted or kept, 3 some are rejected, 6 some failed; 130 after Ctrl-C."
        })
public final class WatchCommand implements Callable<Integer> {
    private static final int PARALLEL_MAX = 16;

    private final Terminal terminal;
    private final Home installation;

    @Parameters(paramLabel = "FOLDER", description = "The folder to watch; made if it is missing.")
    private Path folder = Path.of("");

    @Option(names = "--once", description = "Ends when everything that is there has come to an end.")
    private boolean once;

    @Option(
            names = "--parallel",
            paramLabel = "N",
            defaultValue = "1",
            description = "The most tunings at once, 1 to " + PARALLEL_MAX
                    + "; others wait. More bend each other's figures. Default: 1.")
    private int parallel;

    @Option(
            names = {"-q", "--quiet"},
            description = "Says what becomes of each upload, nothing of how its tuning goes.")
    private boolean quiet;

    /** For this terminal and installation. */
    public WatchCommand(Terminal terminal, Home installation) {
        this.terminal = terminal;
        this.installation = installation;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (parallel < 1 || parallel > PARALLEL_MAX) {
            throw bad("--parallel", "must be from 1 to " + PARALLEL_MAX, String.valueOf(parallel), "Such as 2");
        }
        WatchedFolder watched = new WatchedFolder(folder);
        if (Files.exists(watched.drop()) && !Files.isDirectory(watched.drop())) {
            throw bad("FOLDER", "must be a folder", folder.toString(), "Name the folder that zips are dropped into");
        }
        Files.createDirectories(watched.state());
        Home home = installation.withState(watched.state());
        try (EmbeddedHost host = EmbeddedHost.start(Workbench.functions(home))) {
            return watch(watched, home, host).exitCode();
        } catch (DataDirectoryInUse e) {
            throw bad(
                    "FOLDER",
                    "must be watched by one process at a time",
                    folder.toString(),
                    "Process " + e.holder() + " watches it: stop that one, or drop the zip and wait");
        }
    }

    private Outcome watch(WatchedFolder watched, Home home, EmbeddedHost host)
            throws IOException, InterruptedException {
        Ports ports = Workbench.embedded(host, home, terminal);
        Ground ground = new Ground(
                watched, ports, host.deployer(), PriceFile.of(installation).table(), host::missing, HostNotes.of(host));
        Terminal plain = new Terminal(terminal.in(), terminal.out(), terminal.err(), false);
        try (UploadPipeline pipeline = new UploadPipeline(ground, parallel, plain, quiet)) {
            LastWatched.remember(installation, watched);
            LastWatched.announce(watched, host.endpoint());
            terminal.err().println("memtune: watching " + watched.drop() + (once ? "" : "; Ctrl-C stops"));
            Interrupts.cleaningUp(() -> stop(pipeline), () -> {
                pipeline.recover();
                pipeline.run(once);
                return pipeline.registry();
            });
            return outcome(pipeline.registry().all(), watched);
        } finally {
            Files.deleteIfExists(watched.service());
        }
    }

    private void stop(UploadPipeline pipeline) {
        terminal.err().println();
        terminal.err().println("memtune: stopping; what is being tuned is cleaned up");
        try {
            pipeline.stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The worst of those whose zips are there. */
    private static Outcome outcome(List<AlgorithmItem> items, WatchedFolder watched) {
        return items.stream()
                .filter(item ->
                        Files.exists(watched.drop().resolve(item.upload().key())))
                .map(item -> Following.outcome(item.status()))
                .max(Comparator.comparingInt(Outcome::exitCode))
                .orElse(Outcome.KEPT);
    }

    private static BadInput bad(String field, String rule, String received, String remedy) {
        return new BadInput(List.of(new Problem(field, rule, received, remedy)));
    }
}
