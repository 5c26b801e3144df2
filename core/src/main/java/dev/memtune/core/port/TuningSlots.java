// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.port;

import java.time.Instant;

/**
 * Bounds how many tunings run at once. Crash-safe, and safe for use by many threads and processes: of two runs that want the
 * last slot, one gets it, and the slot of a run that never came back is free again after its time.
 */
public interface TuningSlots {
    /** Has a slot for everybody. */
    TuningSlots UNBOUNDED = new TuningSlots() {
        @Override
        public boolean enter(String runId, Instant until) {
            return true;
        }

        @Override
        public void leave(String runId) {}
    };

    /**
     * Takes a slot. A run that has one keeps it, until the new time.
     *
     * @param until when the run is over at the latest
     * @return false, and nothing is taken, if no slot is free
     */
    boolean enter(String runId, Instant until);

    /** Gives the run's slot back; nothing if it has none. */
    void leave(String runId);
}
