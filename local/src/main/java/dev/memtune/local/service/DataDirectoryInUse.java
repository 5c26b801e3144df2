// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.service;

import java.io.IOException;
import java.nio.file.Path;

/** A data directory belongs to one service at a time, and another one has it. */
public final class DataDirectoryInUse extends IOException {
    private static final long serialVersionUID = 1L;

    private final String holder;

    /** @param holder the process id that the holder left, or something else if it left none */
    DataDirectoryInUse(Path directory, String holder) {
        super("data directory " + directory
                + " is in use by another Lambda service: stop that one or name another directory");
        this.holder = holder.matches("\\d{1,10}") ? holder : "unknown";
    }

    /** The process id of the service that has it, or {@code unknown}. */
    public String holder() {
        return holder;
    }
}
