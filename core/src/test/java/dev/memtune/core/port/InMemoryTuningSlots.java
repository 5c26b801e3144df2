// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.port;

import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Slots that are forgotten with their object. */
public final class InMemoryTuningSlots implements TuningSlots {
    private final Map<String, Instant> inside = new LinkedHashMap<>();
    private final int most;
    private final InstantSource clock;

    /** @param most how many there are */
    public InMemoryTuningSlots(int most, InstantSource clock) {
        this.most = most;
        this.clock = clock;
    }

    @Override
    public synchronized boolean enter(String runId, Instant until) {
        inside.values().removeIf(end -> !clock.instant().isBefore(end));
        boolean isInside = inside.containsKey(runId) || inside.size() < most;
        if (isInside) {
            inside.put(runId, until);
        }
        return isInside;
    }

    @Override
    public synchronized void leave(String runId) {
        inside.remove(runId);
    }

    /** The runs that have a slot. */
    public synchronized Set<String> inside() {
        return Set.copyOf(inside.keySet());
    }
}
