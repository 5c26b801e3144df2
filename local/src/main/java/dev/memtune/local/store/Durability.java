// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.store;

import java.io.FileDescriptor;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/** What a write survives when its method has returned. */
public enum Durability {
    /** A loss of power. */
    DISK {
        @Override
        void force(FileDescriptor file) throws IOException {
            file.sync();
        }

        @Override
        void forceName(Path file) throws IOException {
            Path directory = Objects.requireNonNull(file.toAbsolutePath().getParent(), "the root is no file");
            Uninterrupted.doing(() -> {
                try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                    channel.force(true);
                }
                return directory;
            });
        }
    },
    /** The end of the process, for tests: what they write is read back by the same machine. */
    PROCESS {
        @Override
        void force(FileDescriptor file) {
            // The operating system has the bytes.
        }

        @Override
        void forceName(Path file) {
            // The operating system has the name.
        }
    };

    /** Makes a file's content survive. */
    abstract void force(FileDescriptor file) throws IOException;

    /** Makes the new name of a file or folder survive in its directory. */
    abstract void forceName(Path file) throws IOException;
}
