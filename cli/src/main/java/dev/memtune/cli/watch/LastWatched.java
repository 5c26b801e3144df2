// SPDX-License-Identifier: Apache-2.0
package dev.memtune.cli.watch;

import dev.memtune.cli.Home;
import dev.memtune.local.store.AtomicFiles;
import dev.memtune.local.store.Durability;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What other commands know of watching: which folder was watched last, and where the service of a watched folder answers. */
final class LastWatched {
    private static final String FILE = "watched";

    private LastWatched() {}

    static void remember(Home home, WatchedFolder watched) throws IOException {
        Files.createDirectories(home.state());
        AtomicFiles.write(home.state().resolve(FILE), watched.drop().toString(), Durability.PROCESS);
    }

    static Optional<WatchedFolder> recall(Home home) throws IOException {
        return AtomicFiles.read(home.state().resolve(FILE)).map(Path::of).map(WatchedFolder::new);
    }

    static void announce(WatchedFolder watched, URI service) throws IOException {
        AtomicFiles.write(watched.service(), service.toString(), Durability.PROCESS);
    }

    /** Where the service answers, or answered when the folder was watched last. */
    static Optional<URI> service(WatchedFolder watched) throws IOException {
        return AtomicFiles.read(watched.service()).map(URI::create);
    }
}
