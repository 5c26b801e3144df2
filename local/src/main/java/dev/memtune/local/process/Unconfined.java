// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.process;

/** The last rung: no CPU share; memory watched where {@code /proc} allows. */
record Unconfined(int cpus) implements Confiner {
    @Override
    public Confinement confine(String name, CpuShare share) {
        return new MemoryWatch(name, share.memoryMB());
    }

    @Override
    public Isolation isolation() {
        return new Isolation("none: durations do not follow the memory size", MemoryWatch.DESCRIPTION, cpus, false);
    }
}
