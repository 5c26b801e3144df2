// SPDX-License-Identifier: Apache-2.0
package dev.memtune.cli.watch;

import dev.memtune.cli.Terminal;
import dev.memtune.cli.account.StackOptions;
import dev.memtune.cli.account.UploadStack;
import dev.memtune.core.algorithm.AlgorithmPackages;
import dev.memtune.core.algorithm.PackageLimits;
import dev.memtune.core.algorithm.PackageReading;
import dev.memtune.core.failure.BadInput;
import dev.memtune.core.failure.Problem;
import dev.memtune.core.port.Sleeper;
import dev.memtune.core.registry.Registry;
import dev.memtune.core.run.Outcome;
import dev.memtune.local.store.FileRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code memtune upload}: puts a zip where uploads are taken in, and follows what becomes of it. */
@Command(
        name = "upload",
        description =
                "Puts a zip into a watched folder, or into the bucket of a deployed stack, whole at once, and follows what"
                        + " becomes of it.",
        footer = {
            "",
            "Examples:",
            "  memtune upload my-algorithm.zip --to inbox",
            "  memtune upload my-algorithm.zip --stack memtune --region eu-central-1",
            "",
            "Exit codes: 0 promoted or kept, 2 nothing was sent, 3 rejected, 6 failed, or overtaken by a",
            "later upload, or nobody takes it in."
        })
public final class UploadCommand implements Callable<Integer> {
    private static final Sleeper SLEEPER = duration -> Thread.sleep(Duration.ofNanos(duration.toNanos()));

    /** After that, nobody seems to be watching. */
    private static final Duration WATCHED = Duration.ofSeconds(15);

    private static final Duration FOLDER_PAUSE = Duration.ofMillis(200);

    /** S3's notices come within seconds, but may take a minute and longer. */
    private static final Duration NOTICED = Duration.ofMinutes(5);

    /** Often enough for a person, and cheap: a read each. */
    private static final Duration STACK_PAUSE = Duration.ofSeconds(2);

    private final Terminal terminal;

    @Parameters(paramLabel = "ZIP", description = "The package: NAME.zip, in the upload layout.")
    private Path zip = Path.of("");

    @Option(names = "--to", paramLabel = "FOLDER", description = "The watched folder.")
    private @Nullable Path folder;

    @Mixin
    private final StackOptions stack = new StackOptions();

    /** For this terminal. */
    public UploadCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (stack.isGiven() == (folder != null)) {
            throw bad(
                    "--to",
                    "must be given, or --stack, and not both",
                    folder == null ? "nothing" : folder + " and a stack",
                    "Name a watched folder or a deployed stack");
        }
        String name = DroppedZip.nameOf(zip)
                .filter(one -> Files.isRegularFile(zip))
                .orElseThrow(() -> bad(
                        "ZIP",
                        "must be a file NAME.zip, its name of at most 64 letters, digits, - and _",
                        zip.toString(),
                        "Check the path; pack the content of the algorithm's folder"));
        Outcome outcome = folder == null ? toStack(name) : toFolder(name, folder);
        return outcome.exitCode();
    }

    private Outcome toFolder(String name, Path inbox) throws IOException, InterruptedException {
        WatchedFolder watched = new WatchedFolder(inbox);
        if (!Files.isDirectory(watched.drop())) {
            throw bad(
                    "--to", "must be a folder that is there", inbox.toString(), "Start 'memtune watch " + inbox + "'");
        }
        requireSound(name);
        DroppedZip dropped = DroppedZip.of(zip);
        Path part = watched.drop().resolve("." + name + ".zip.part");
        Files.copy(zip, part, StandardCopyOption.REPLACE_EXISTING);
        Files.move(part, watched.drop().resolve(name + ".zip"), StandardCopyOption.ATOMIC_MOVE);
        String untaken = name + ".zip is in " + watched.drop() + ", and nobody has taken it in; run: memtune watch "
                + watched.drop();
        return follow(
                new FileRegistry(watched.registry()),
                new Awaited(name, dropped::is, WATCHED, FOLDER_PAUSE, untaken, "memtune status " + name));
    }

    private Outcome toStack(String name) throws InterruptedException {
        requireSound(name);
        UploadStack deployed = stack.open();
        String version = deployed.send(name, zip);
        terminal.err().println(name + ": sent to bucket " + deployed.bucket() + ", version " + version);
        String status = "memtune status " + name + " --stack " + deployed.name();
        String untaken = name + ".zip is in bucket " + deployed.bucket() + ", and the stack has not taken it in for "
                + NOTICED.toMinutes() + " minutes; look at its dead-letter queue for uploads, and later at: " + status;
        Awaited upload =
                new Awaited(name, item -> item.versionId().equals(version), NOTICED, STACK_PAUSE, untaken, status);
        return deployed.ask(registry -> follow(registry, upload));
    }

    private Outcome follow(Registry registry, Awaited upload) throws InterruptedException {
        return new Following(registry, terminal, InstantSource.system(), SLEEPER).follow(upload);
    }

    /** What would be refused there is not sent. */
    private void requireSound(String name) {
        switch (new AlgorithmPackages(PackageLimits.defaults()).read(zip)) {
            case PackageReading.Rejected rejected -> throw new BadInput(rejected.problems());
            case PackageReading.Accepted accepted -> {
                String own = accepted.algorithm().name();
                if (!own.equals(name)) {
                    throw bad("name", "must be the zip's own name, " + name, own, "Rename the zip to " + own + ".zip");
                }
            }
        }
    }

    private static BadInput bad(String field, String rule, String received, String remedy) {
        return new BadInput(List.of(new Problem(field, rule, received, remedy)));
    }
}
