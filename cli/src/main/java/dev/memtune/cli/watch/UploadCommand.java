// SPDX-License-Identifier: Apache-2.0
package dev.memtune.cli.watch;

import dev.memtune.cli.Terminal;
import dev.memtune.core.failure.BadInput;
import dev.memtune.core.failure.Problem;
import dev.memtune.core.port.Sleeper;
import dev.memtune.core.run.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code memtune upload}: puts a zip where uploads are taken in, and follows what becomes of it. */
@Command(
        name = "upload",
        description = "Puts a zip into a watched folder, whole at once, and follows what becomes of it.",
        footer = {
            "",
            "Example:",
            "  memtune upload my-algorithm.zip --to inbox",
            "",
            "Exit codes: 0 promoted or kept, 3 rejected, 6 failed, or nobody watches the folder."
        })
public final class UploadCommand implements Callable<Integer> {
    private static final Sleeper SLEEPER = duration -> Thread.sleep(Duration.ofNanos(duration.toNanos()));

    private final Terminal terminal;

    @Parameters(paramLabel = "ZIP", description = "The package: NAME.zip, in the upload layout.")
    private Path zip = Path.of("");

    @Option(names = "--to", paramLabel = "FOLDER", required = true, description = "The watched folder.")
    private Path folder = Path.of("");

    /** For this terminal. */
    public UploadCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        String name = DroppedZip.nameOf(zip)
                .filter(one -> Files.isRegularFile(zip))
                .orElseThrow(() -> bad(
                        "ZIP",
                        "must be a file NAME.zip, its name of at most 64 letters, digits, - and _",
                        zip,
                        "Check the path; pack the content of the algorithm's folder"));
        WatchedFolder watched = new WatchedFolder(folder);
        if (!Files.isDirectory(watched.drop())) {
            throw bad("--to", "must be a folder that is there", folder, "Start 'memtune watch " + folder + "'");
        }
        DroppedZip dropped = DroppedZip.of(zip);
        Path part = watched.drop().resolve("." + name + ".zip.part");
        Files.copy(zip, part, StandardCopyOption.REPLACE_EXISTING);
        Files.move(part, watched.drop().resolve(name + ".zip"), StandardCopyOption.ATOMIC_MOVE);
        Outcome outcome = new Following(watched, terminal, InstantSource.system(), SLEEPER).follow(dropped);
        return outcome.exitCode();
    }

    private static BadInput bad(String field, String rule, Path received, String remedy) {
        return new BadInput(List.of(new Problem(field, rule, received.toString(), remedy)));
    }
}
