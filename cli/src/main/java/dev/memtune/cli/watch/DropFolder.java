// SPDX-License-Identifier: Apache-2.0
package dev.memtune.cli.watch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Looks for zips that were dropped. One that is still being copied is waited for: until it has not changed for a moment and is
 * a whole zip, or has not changed for so long that nobody seems to be writing any more.
 */
final class DropFolder {
    private static final Duration MOMENT = Duration.ofMillis(300);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Path folder;
    private final InstantSource clock;
    private final Consumer<String> words;
    private final Map<Path, Sighting> pending = new HashMap<>();
    private final Map<Path, Sighting> judged = new HashMap<>();
    private final Set<Path> ignored = new HashSet<>();

    /** @param words takes a line about each file that is ignored */
    DropFolder(Path folder, InstantSource clock, Consumer<String> words) {
        this.folder = folder;
        this.clock = clock;
        this.words = words;
    }

    /** How a file looked, since when. */
    private record Sighting(long bytes, FileTime modified, Instant since) {
        boolean isLike(Sighting other) {
            return bytes == other.bytes && modified.equals(other.modified);
        }
    }

    /**
     * Looks once.
     *
     * @param intake takes a zip that is complete, oldest first, once for every change of it; false to get it again
     */
    void look(Predicate<Path> intake) throws IOException {
        List<Path> zips;
        try (Stream<Path> files = Files.list(folder)) {
            zips = files.filter(this::isUpload)
                    .sorted(Comparator.comparing(DropFolder::modified).thenComparing(Comparator.naturalOrder()))
                    .toList();
        }
        pending.keySet().retainAll(Set.copyOf(zips));
        judged.keySet().retainAll(Set.copyOf(zips));
        for (Path zip : zips) {
            look(zip, intake);
        }
    }

    /** Whether a zip is being waited for. */
    boolean isWaiting() {
        return !pending.isEmpty();
    }

    private void look(Path zip, Predicate<Path> intake) throws IOException {
        Sighting now = new Sighting(size(zip), modified(zip), clock.instant());
        Sighting before = judged.get(zip);
        if (before != null && before.isLike(now)) {
            return;
        }
        Sighting first = pending.merge(zip, now, (earlier, later) -> earlier.isLike(later) ? earlier : later);
        Duration quiet = Duration.between(first.since(), now.since());
        boolean isComplete =
                quiet.compareTo(MOMENT) >= 0 && (quiet.compareTo(PATIENCE) >= 0 || DroppedZip.isWhole(zip));
        if (isComplete && intake.test(zip)) {
            pending.remove(zip);
            judged.put(zip, now);
        }
    }

    private boolean isUpload(Path file) {
        String name = file.getFileName().toString();
        if (name.startsWith(".") || name.equals(WatchedFolder.RESULTS)) {
            return false;
        }
        if (DroppedZip.nameOf(file).isPresent() && Files.isRegularFile(file)) {
            ignored.remove(file);
            return true;
        }
        if (ignored.add(file)) {
            words.accept("ignored " + name + ": an upload is a file NAME.zip, its name of at most 64 letters, digits,"
                    + " - and _" + (Files.isDirectory(file) ? "; pack the content of the folder" : ""));
        }
        return false;
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return 0; // It was taken away just now; the next look does not see it any more.
        }
    }

    private static FileTime modified(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            return FileTime.fromMillis(0); // As above.
        }
    }
}
