// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.registry;

import dev.memtune.core.wire.Promotion;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;

/** Writes on an algorithm's item that its alias went back, so that its history tells of it, as of everything else. */
public final class RollbackNote {
    private static final int WRITES_MAX = 10;

    private final Registry registry;
    private final InstantSource clock;

    /** @param clock tells when it happened */
    public RollbackNote(Registry registry, InstantSource clock) {
        this.registry = Objects.requireNonNull(registry, "registry");
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    /**
     * Adds it to the history. An item that was removed meanwhile has none.
     *
     * @param algorithm its name
     * @param back the move, which was made
     */
    public void write(String algorithm, Promotion back) {
        for (int write = 0; write < WRITES_MAX; write++) {
            Optional<AlgorithmItem> present = registry.find(algorithm);
            if (present.isEmpty() || registry.put(after(present.get(), back))) {
                return;
            }
        }
        throw new IllegalStateException("the item of " + algorithm + " was changed by others " + WRITES_MAX
                + " times while its rollback was written; the alias is back, the history does not say so");
    }

    private AlgorithmItem after(AlgorithmItem item, Promotion back) {
        String to = Objects.requireNonNull(back.toVersion(), "toVersion");
        String from = Objects.requireNonNull(back.fromVersion(), "fromVersion");
        String note = "rolled back: " + back.alias() + " runs version " + to + " (" + back.toMemoryMB()
                + " MB) instead of " + from + " (" + back.fromMemoryMB() + " MB)";
        return item.rolledBack(to, from, note, clock.instant());
    }
}
