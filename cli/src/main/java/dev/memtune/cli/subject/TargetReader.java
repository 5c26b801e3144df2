// SPDX-License-Identifier: Apache-2.0
package dev.memtune.cli.subject;

import dev.memtune.core.algorithm.AlgorithmPackages;
import dev.memtune.core.algorithm.PackageLimits;
import dev.memtune.core.algorithm.PackageReading;
import dev.memtune.core.failure.BadInput;
import dev.memtune.core.failure.Problem;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Finds out what a TARGET on the command line means: what is a path here is a path, anything else is a function's name. */
public final class TargetReader {
    private static final int MAX_NAME_LENGTH = 64;
    private static final String METADATA = "metadata.json";

    private final AlgorithmPackages packages = new AlgorithmPackages(PackageLimits.defaults());
    private final Path workingFolder;

    /** @param workingFolder what relative paths start from */
    public TargetReader(Path workingFolder) {
        this.workingFolder = workingFolder;
    }

    /**
     * Reads a target.
     *
     * @param runtime the option {@code --runtime}, for a folder without metadata
     * @param handler the option {@code --handler}, likewise
     * @throws BadInput with every problem of the package, or if there is no such path
     */
    public TuningTarget read(String text, Optional<String> runtime, Optional<String> handler) {
        Optional<Path> path = path(text);
        if (path.isPresent() && Files.exists(path.get())) {
            return local(path.get(), runtime, handler);
        }
        if (looksLikePath(text)) {
            throw new BadInput(List.of(new Problem(
                    "TARGET",
                    "must be a folder, a zip, or a function's name or ARN",
                    "no such path " + text,
                    "Check the path")));
        }
        if (runtime.isPresent() || handler.isPresent()) {
            throw new BadInput(List.of(new Problem(
                    "TARGET",
                    "must be a folder or zip when --runtime or --handler is given",
                    "no such path " + text,
                    "Check the path, or leave these options away for a deployed function")));
        }
        return new TuningTarget.Deployed(text);
    }

    private TuningTarget local(Path path, Optional<String> runtime, Optional<String> handler) {
        if (runtime.isEmpty() && Files.isDirectory(path) && !Files.exists(path.resolve(METADATA))) {
            throw new BadInput(List.of(new Problem(
                    "--runtime",
                    "must be given for a folder without " + METADATA + " at its root",
                    "nothing",
                    "Give --runtime and --handler, such as --runtime python3.12 --handler app.handler, or add a "
                            + METADATA)));
        }
        if (runtime.isEmpty() && handler.isPresent()) {
            throw new BadInput(List.of(new Problem(
                    "--handler",
                    "must come together with --runtime",
                    handler.get(),
                    "Give both, or neither: then " + METADATA + " decides")));
        }
        PackageReading reading = runtime.isPresent()
                ? packages.readPlain(path, nameOf(path), runtime.get(), handler)
                : packages.read(path);
        return switch (reading) {
            case PackageReading.Accepted accepted -> new TuningTarget.Local(accepted.algorithm());
            case PackageReading.Rejected rejected -> throw new BadInput(rejected.problems());
        };
    }

    private Optional<Path> path(String text) {
        try {
            return Optional.of(workingFolder.resolve(text).normalize());
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static boolean looksLikePath(String text) {
        return text.startsWith(".") || (text.contains("/") && !text.startsWith("arn:")) || text.endsWith(".zip");
    }

    /** The folder's or file's name with everything that a function's name cannot have left away. */
    private static String nameOf(Path path) {
        Path last = path.toAbsolutePath().normalize().getFileName();
        String name =
                last == null ? "" : last.toString().replaceFirst("\\.zip$", "").replaceAll("[^A-Za-z0-9_-]+", "-");
        String bounded = name.substring(0, Math.min(name.length(), MAX_NAME_LENGTH));
        return bounded.isEmpty() ? "function" : bounded;
    }
}
