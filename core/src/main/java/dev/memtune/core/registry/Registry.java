// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.registry;

import java.util.List;
import java.util.Optional;

/**
 * Keeps the items. Crash-safe, and safe for use by many threads and processes: of two writers who read the same state, one
 * succeeds, and the other reads again.
 */
public interface Registry {
    /** Has no algorithms and takes none: for a stack that is given functions and no uploads. */
    Registry NONE = new Registry() {
        @Override
        public Optional<AlgorithmItem> find(String name) {
            return Optional.empty();
        }

        @Override
        public List<AlgorithmItem> all() {
            return List.of();
        }

        @Override
        public boolean put(AlgorithmItem item) {
            return false;
        }

        @Override
        public boolean remove(String name, long revision) {
            return false;
        }
    };

    /** The item, or empty if no algorithm of this name was uploaded. */
    Optional<AlgorithmItem> find(String name);

    /** Every item, by name. */
    List<AlgorithmItem> all();

    /**
     * Writes the next state of an item.
     *
     * @param item a state with the revision 1, or one that was made of the state that is there now
     * @return false, and nothing is written, if the registry has another state than the one before this
     */
    boolean put(AlgorithmItem item);

    /**
     * Removes an item, and with it, later, its function.
     *
     * @param revision of the state that is to go
     * @return false, and nothing is removed, if the registry has another state
     */
    boolean remove(String name, long revision);
}
