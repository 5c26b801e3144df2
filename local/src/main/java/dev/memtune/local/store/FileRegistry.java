// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.store;

import dev.memtune.core.registry.AlgorithmItem;
import dev.memtune.core.registry.ItemChange;
import dev.memtune.core.registry.Registry;
import dev.memtune.core.wire.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The registry as one file of checked lines, which is its stream as well: a line for each change, {@code {"name","item"}},
 * with no item where one was removed. A change is on the disk when its method returns. Any trouble with the file is an
 * {@link UncheckedIOException}. Needs a local POSIX file system.
 */
public final class FileRegistry implements Registry {
    private static final Duration LOCK_WAIT = Duration.ofSeconds(30);

    private final Path lockFile;
    private final RunLock lock;
    private final CheckedLog log;
    private final TreeMap<String, AlgorithmItem> items = new TreeMap<>();
    private final List<ItemChange> changes = new ArrayList<>();

    /**
     * Opens a registry.
     *
     * @param directory where it is kept; made if missing
     */
    public FileRegistry(Path directory) {
        this(directory, Durability.DISK);
    }

    FileRegistry(Path directory, Durability durability) {
        try {
            Path folder = Files.createDirectories(directory).toRealPath();
            this.lockFile = folder.resolve("registry.lock");
            this.lock = new RunLock(LOCK_WAIT);
            this.log = new CheckedLog(folder.resolve("registry.log"), durability);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot use " + directory + " for the registry: " + e.getMessage(), e);
        }
    }

    /** A line of the file. */
    private record Line(String name, @Nullable AlgorithmItem item) {}

    @Override
    public Optional<AlgorithmItem> find(String name) {
        return holding(() -> Optional.ofNullable(items.get(name)));
    }

    @Override
    public List<AlgorithmItem> all() {
        return holding(() -> List.copyOf(items.values()));
    }

    @Override
    public boolean put(AlgorithmItem item) {
        return holding(() -> write(item.name(), item.revision() - 1, new Line(item.name(), item)));
    }

    @Override
    public boolean remove(String name, long revision) {
        return holding(() -> write(name, revision, new Line(name, null)));
    }

    /**
     * The stream from some change on.
     *
     * @param seen how many changes the reader has dealt with
     * @param most the most to return
     */
    public List<ItemChange> changes(int seen, int most) {
        return holding(() -> List.copyOf(
                changes.subList(Math.min(seen, changes.size()), Math.min(Math.addExact(seen, most), changes.size()))));
    }

    private boolean write(String name, long revision, Line line) throws IOException {
        AlgorithmItem present = items.get(name);
        if ((present == null ? 0 : present.revision()) != revision) {
            return false;
        }
        log.append(Json.write(line));
        apply(line);
        return true;
    }

    private void apply(Line line) {
        Optional<AlgorithmItem> before = Optional.ofNullable(items.get(line.name()));
        if (line.item() == null) {
            items.remove(line.name());
        } else {
            items.put(line.name(), line.item());
        }
        changes.add(new ItemChange(before, Optional.ofNullable(line.item())));
    }

    private <T> T holding(RunLock.Guarded<T> action) {
        try {
            return lock.holding(lockFile, () -> {
                catchUp();
                return action.run();
            });
        } catch (IOException e) {
            throw new UncheckedIOException("cannot use the registry: " + e.getMessage(), e);
        }
    }

    /** Other processes write too. */
    private void catchUp() throws IOException {
        CheckedLog.Unseen unseen = log.unseen();
        if (unseen.afresh()) {
            items.clear();
            changes.clear();
        }
        unseen.texts().forEach(text -> apply(Json.read(text, Line.class)));
    }
}
