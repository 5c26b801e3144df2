// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.process;

/**
 * The CPU time that a function has saved up or overdrawn: earned in proportion to the time that passes, at most one and a
 * half periods' worth (waking up late must not lose any), spent as its processes run. What was overdrawn is paid back, so that the share holds over time however coarse the
 * switching is. Not safe for use by many threads.
 */
final class DutyBudget {
    private static final long PERIOD_NANOS = CpuShare.PERIOD_US * 1000L;
    private static final long BURST_MIN_NANOS = 300_000;

    private final double share;
    private final double fullNanos;
    private double balanceNanos;
    private long lastNanos;
    private long lastCpuNanos;

    /** Starts with one period's worth. */
    DutyBudget(double share, long nowNanos, long cpuNanos) {
        this.share = share;
        this.fullNanos = share * PERIOD_NANOS;
        this.balanceNanos = fullNanos;
        this.lastNanos = nowNanos;
        this.lastCpuNanos = cpuNanos;
    }

    /** Takes in the time and the CPU time used so far; a CPU time that went back (threads that ended) counts as none used. */
    void update(long nowNanos, long cpuNanos) {
        double earned = (nowNanos - lastNanos) * share;
        long used = Math.max(0, cpuNanos - lastCpuNanos);
        balanceNanos = Math.min(1.5 * fullNanos, balanceNanos + earned - used);
        lastNanos = nowNanos;
        lastCpuNanos = cpuNanos;
    }

    /** How long one thread may run before it is looked at again. */
    long burstNanos() {
        return Math.max(BURST_MIN_NANOS, Math.round(balanceNanos));
    }

    /** How long to stand still until the budget is full again; 0 if at least half of it is there. */
    long pauseNanos() {
        return balanceNanos > fullNanos / 2 ? 0 : Math.round((fullNanos - balanceNanos) / share);
    }
}
