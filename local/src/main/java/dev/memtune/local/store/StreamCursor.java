// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.store;

import dev.memtune.core.registry.ItemChange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * How far one reader of the registry's stream has come. A change is read again until the reader has said that it is dealt with,
 * also after a restart. For one thread. Any trouble with the file is an {@link UncheckedIOException}.
 */
public final class StreamCursor {
    private final FileRegistry registry;
    private final Path file;
    private int seen;

    /**
     * Goes on where the reader was.
     *
     * @param file keeps how far it has come; for one reader only
     */
    public StreamCursor(FileRegistry registry, Path file) throws IOException {
        this.registry = registry;
        this.file = file;
        Files.createDirectories(file.toAbsolutePath().getParent());
        this.seen =
                AtomicFiles.read(file).map(String::strip).map(Integer::valueOf).orElse(0);
    }

    /** The changes that are not dealt with yet, oldest first. */
    public List<ItemChange> next(int most) {
        return registry.changes(seen, most);
    }

    /** How many changes are dealt with: the position of the next one. */
    public int position() {
        return seen;
    }

    /** Notes that the next changes are dealt with. Lost with the power, they are dealt with once more. */
    public void advance(int changes) {
        seen = Math.addExact(seen, changes);
        try {
            AtomicFiles.write(file, Integer.toString(seen), Durability.PROCESS);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot note how far the stream was read", e);
        }
    }
}
