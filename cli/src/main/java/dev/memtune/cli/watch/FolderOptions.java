// SPDX-License-Identifier: Apache-2.0
package dev.memtune.cli.watch;

import dev.memtune.cli.Home;
import dev.memtune.core.failure.BadInput;
import dev.memtune.core.failure.Problem;
import dev.memtune.core.registry.AlgorithmItem;
import dev.memtune.local.store.FileRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which watched folder a command asks. */
public final class FolderOptions {
    @Option(
            names = "--folder",
            paramLabel = "FOLDER",
            description = "The folder that is or was watched. Default: the one that was watched last.")
    private @Nullable Path folder;

    /**
     * The folder.
     *
     * @throws BadInput if it was never watched
     */
    WatchedFolder folder(Home home) throws IOException {
        WatchedFolder watched = folder == null
                ? LastWatched.recall(home).orElseThrow(() -> never("nothing"))
                : new WatchedFolder(folder);
        if (!Files.isDirectory(watched.registry())) {
            throw never(watched.drop().toString());
        }
        return watched;
    }

    /** The registry of the folder. */
    FileRegistry registry(Home home) throws IOException {
        return new FileRegistry(folder(home).registry());
    }

    /**
     * An algorithm's item.
     *
     * @throws BadInput if there is none
     */
    AlgorithmItem item(Home home, String name) throws IOException {
        return registry(home)
                .find(name)
                .orElseThrow(() -> new BadInput(List.of(new Problem(
                        "NAME", "must be an algorithm that was uploaded", name, "'memtune status' lists them"))));
    }

    private static BadInput never(String received) {
        return new BadInput(List.of(new Problem(
                "--folder",
                "must be a folder that was watched",
                received,
                "Name the one that 'memtune watch' was given")));
    }
}
