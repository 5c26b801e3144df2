// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.process;

import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A memory limit by looking: a thread adds up the resident memory of the tree and kills it when it is over. */
class MemoryWatch implements Confinement {
    static final String DESCRIPTION =
            ProcessTree.readable() ? "resident memory of the process tree, looked at every 20 ms" : "none";
    private static final long INTERVAL_NANOS = 20_000_000;

    private final String name;
    private final int limitMB;
    private volatile @Nullable ProcessTree tree;
    private volatile boolean exceeded;
    private volatile long peakKB;
    private volatile boolean closed;

    MemoryWatch(String name, int limitMB) {
        this.name = name;
        this.limitMB = limitMB;
    }

    @Override
    public void attach(long pid) {
        ProcessTree watched = new ProcessTree(pid, Marker.of(name));
        tree = watched;
        if (ProcessTree.readable()) {
            Thread.ofVirtual().name("memory-" + name).start(() -> watch(watched));
        }
    }

    /** The processes watched; known from {@link #attach} on. */
    ProcessTree tree() {
        return Objects.requireNonNull(tree, "attach comes first");
    }

    private void watch(ProcessTree watched) {
        while (!closed && !exceeded) {
            long residentKB = watched.residentKB("VmRSS");
            peakKB = Math.max(peakKB, residentKB);
            if (residentKB > limitMB * 1024L) {
                exceeded = true;
                watched.kill();
            }
            LockSupport.parkNanos(INTERVAL_NANOS);
        }
    }

    @Override
    public void throttle() {
        // nothing to enforce with
    }

    @Override
    public boolean outOfMemory() {
        return exceeded;
    }

    @Override
    public long peakKB() {
        return peakKB;
    }

    @Override
    public void close() {
        closed = true;
        ProcessTree watched = tree;
        if (watched != null) {
            watched.kill();
        }
    }
}
