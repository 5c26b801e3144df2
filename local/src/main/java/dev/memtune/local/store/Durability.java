// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.store;

import java.io.FileDescriptor;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** What a write survives when its method has returned. */
enum Durability {
    /** A loss of power. */
    DISK {
        @Override
        void force(FileDescriptor file) throws IOException {
            file.sync();
        }

        @Override
        void forceNames(Path directory) throws IOException {
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
        void forceNames(Path directory) {
            // The operating system has the names.
        }
    };

    /** Makes a file's content survive. */
    abstract void force(FileDescriptor file) throws IOException;

    /** Makes new names in a directory survive. */
    abstract void forceNames(Path directory) throws IOException;
}
