// SPDX-License-Identifier: Apache-2.0
package dev.memtune.cli.watch;

import dev.memtune.cli.Home;
import dev.memtune.cli.account.StackOptions;
import dev.memtune.cli.account.UploadStack;
import dev.memtune.core.failure.BadInput;
import dev.memtune.core.failure.Problem;
import dev.memtune.core.registry.AlgorithmItem;
import dev.memtune.core.registry.Registry;
import dev.memtune.local.store.FileRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which registry a command asks: that of a watched folder, or of a deployed stack. */
public final class RegistryOptions {
    @Option(
            names = "--folder",
            paramLabel = "FOLDER",
            description = "The folder that is or was watched. Default: the one that was watched last.")
    private @Nullable Path folder;

    @Mixin
    private final StackOptions stack = new StackOptions();

    /** Every algorithm's item, by name. */
    List<AlgorithmItem> all(Home home) throws IOException, InterruptedException {
        return ask(home, Registry::all);
    }

    /**
     * An algorithm's item.
     *
     * @throws BadInput if there is none
     */
    AlgorithmItem item(Home home, String name) throws IOException, InterruptedException {
        return ask(home, registry -> registry.find(name)).orElseThrow(() -> unknown(name));
    }

    /** Whether a watched folder is named. */
    public boolean isFolderGiven() {
        return folder != null;
    }

    /**
     * The stack that is named.
     *
     * @throws BadInput if a folder is named too
     */
    public UploadStack openStack() {
        if (folder != null) {
            throw new BadInput(List.of(new Problem(
                    "--folder", "must not come together with --stack", folder.toString(), "Leave one of them out")));
        }
        return stack.open();
    }

    /** Which stack, and which account. */
    public StackOptions stack() {
        return stack;
    }

    /**
     * The watched folder that has this algorithm: the one that is named, or, if none is, the one that was watched last.
     *
     * @return empty if none is named, and the one that was watched last does not know the algorithm
     * @throws BadInput if the folder that is named was never watched, or does not know it
     */
    public Optional<WatchedFolder> folderOf(String algorithm, Home home) throws IOException {
        if (folder != null) {
            WatchedFolder named = folder(home);
            return new FileRegistry(named.registry())
                    .find(algorithm)
                    .map(item -> Optional.of(named))
                    .orElseThrow(() -> unknown(algorithm));
        }
        return LastWatched.recall(home)
                .filter(last -> Files.isDirectory(last.registry()))
                .filter(last ->
                        new FileRegistry(last.registry()).find(algorithm).isPresent());
    }

    /** That nobody has uploaded it. */
    static BadInput unknown(String algorithm) {
        return new BadInput(List.of(new Problem(
                "NAME", "must be an algorithm that was uploaded", algorithm, "'memtune status' lists them")));
    }

    private <T> T ask(Home home, UploadStack.Question<T> question) throws IOException, InterruptedException {
        if (!stack.isGiven()) {
            return question.of(new FileRegistry(folder(home).registry()));
        }
        return openStack().ask(question);
    }

    private WatchedFolder folder(Home home) throws IOException {
        WatchedFolder watched = folder == null
                ? LastWatched.recall(home).orElseThrow(() -> never("nothing"))
                : new WatchedFolder(folder);
        if (!Files.isDirectory(watched.registry())) {
            throw never(watched.drop().toString());
        }
        return watched;
    }

    private static BadInput never(String received) {
        return new BadInput(List.of(new Problem(
                "--folder",
                "must be a folder that was watched",
                received,
                "Name the one that 'memtune watch' was given")));
    }
}
