// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.process;

/** What holds one environment's processes to their CPU share and memory limit. Safe for use by many threads. */
interface Confinement extends AutoCloseable {
    /** Takes the environment's first process in; must be called before it can have children worth limiting. */
    void attach(long pid);

    /** Enforces the CPU share from now on. */
    void throttle();

    /** Tells that an invocation runs, or no longer does, for means that must watch. */
    default void active(boolean running) {}

    /** Whether a process was killed for going over the memory limit. */
    boolean outOfMemory();

    /** Kills what is left of the environment's processes, all of them, and frees the means. */
    @Override
    void close();
}
