// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The names of executions that were ever started, a file for each, so that none is started twice: what Step Functions does
 * with names. On the disk when a method returns. Any trouble with the files is an {@link UncheckedIOException}.
 */
public final class StartedExecutions {
    private final Path directory;

    /**
     * Opens the list.
     *
     * @param directory where it is kept; made if missing
     */
    public StartedExecutions(Path directory) throws IOException {
        this.directory = Files.createDirectories(directory);
    }

    /**
     * Adds a name.
     *
     * @param name letters, digits, {@code -} and {@code _}
     * @return false if it was there before
     */
    public boolean add(String name) {
        Path file = directory.resolve(name);
        try {
            Files.createFile(file);
            Durability.DISK.forceName(file);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot note that " + name + " is started", e);
        }
    }

    /** Whether the name was added. */
    public boolean contains(String name) {
        return Files.exists(directory.resolve(name));
    }
}
