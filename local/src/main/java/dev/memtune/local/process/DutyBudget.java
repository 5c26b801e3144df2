// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.process;

/**
 * The CPU time that a function has saved up or overdrawn: earned in proportion to the time that passes, spent as its
 * processes run. While they may run, no more than one period's worth is saved, as by a kernel's quota; what is earned while
 * they stand still is kept beyond that, for waking them late must not cost them anything. What was overdrawn is paid back. So
 * the share holds over time however coarse the switching is. Not safe for use by many threads.
 */
final class DutyBudget {
    private static final long PERIOD_NANOS = CpuShare.PERIOD_US * 1000L;
    private static final long BURST_MIN_NANOS = 300_000;
    private static final int LATE_PERIODS_MAX = 5;

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

    /** Takes in time in which the processes might run; CPU time that went back (threads that ended) counts as none used. */
    void ran(long nowNanos, long cpuNanos) {
        update(nowNanos, cpuNanos, Math.max(fullNanos, balanceNanos));
    }

    /** Takes in time in which the processes stood still. */
    void stood(long nowNanos, long cpuNanos) {
        update(nowNanos, cpuNanos, Math.max(LATE_PERIODS_MAX * fullNanos, balanceNanos));
    }

    private void update(long nowNanos, long cpuNanos, double capNanos) {
        double earned = (nowNanos - lastNanos) * share;
        long used = Math.max(0, cpuNanos - lastCpuNanos);
        balanceNanos = Math.min(capNanos, balanceNanos + earned - used);
        lastNanos = nowNanos;
        lastCpuNanos = cpuNanos;
    }

    /** How long one thread may run before it is looked at again. */
    long burstNanos() {
        return Math.max(BURST_MIN_NANOS, Math.round(Math.min(balanceNanos, PERIOD_NANOS)));
    }

    /** How long to stand still until a period's worth is there; 0 if at least half of it is. */
    long pauseNanos() {
        return balanceNanos > fullNanos / 2 ? 0 : Math.round((fullNanos - balanceNanos) / share);
    }

    /** Whether they may go on even if they used this much more than was seen. */
    boolean covers(long unseenNanos) {
        return balanceNanos - unseenNanos > fullNanos / 2;
    }
}
