// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.port;

class InMemoryTuningSlotsTest implements TuningSlotsContract {
    private final VirtualClock clock = new VirtualClock();
    private final TuningSlots slots = new InMemoryTuningSlots(MOST, clock);

    @Override
    public TuningSlots slots() {
        return slots;
    }

    @Override
    public VirtualClock clock() {
        return clock;
    }
}
