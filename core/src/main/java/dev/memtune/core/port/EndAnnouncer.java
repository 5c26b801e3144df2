// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.port;

import dev.memtune.core.wire.EndNotice;

/** Tells others that a run has ended. */
@FunctionalInterface
public interface EndAnnouncer {
    /** Tells nobody. */
    EndAnnouncer NONE = notice -> {};

    /**
     * Tells of an end, at least once: a step that is repeated tells again, with the same run id.
     *
     * @throws RuntimeException if nobody could be told; the run has ended all the same
     */
    void announce(EndNotice notice);
}
