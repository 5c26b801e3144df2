// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.store;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** Files that are replaced whole: whoever reads sees the earlier text or the new one. */
public final class AtomicFiles {
    private static final String UNFINISHED = ".unfinished";

    private AtomicFiles() {}

    /** Replaces the file; the text survives as promised when this returns. An interrupt does not stop it. */
    public static void write(Path file, String text, Durability durability) throws IOException {
        write(file, text.getBytes(StandardCharsets.UTF_8), durability);
    }

    /** Replaces the file; the bytes survive as promised when this returns. An interrupt does not stop it. */
    public static void write(Path file, byte[] bytes, Durability durability) throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        Path temporary = Files.createTempFile(directory, ".", UNFINISHED);
        try {
            try (FileOutputStream stream = new FileOutputStream(temporary.toFile())) {
                stream.write(bytes);
                durability.force(stream.getFD());
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
        durability.forceName(file);
    }

    /** The file's text, or empty if there is no such file. */
    public static Optional<String> read(Path file) throws IOException {
        try {
            return Optional.of(Files.readString(file));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }
}
