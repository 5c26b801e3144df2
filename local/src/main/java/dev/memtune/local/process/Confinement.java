// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.process;

import java.util.List;

/** What holds one environment's processes to their CPU share and memory limit. Safe for use by many threads. */
interface Confinement extends AutoCloseable {
    /** The command that first puts itself under the limits, so that nothing it starts can be outside of them. */
    default List<String> joining(List<String> words) {
        return words;
    }

    /** Tells the environment's first process to means that must watch; called once, right after it was started. */
    default void attach(long pid) {}

    /** Enforces the CPU share from now on. */
    void throttle();

    /** Lets the processes run, or stops them until they may again. Environments start running. */
    default void active(boolean running) {}

    /** Whether a process was killed for going over the memory limit. */
    boolean outOfMemory();

    /** The most memory that all processes together had, in KB, as far as it was seen; 0 if it was not. */
    long peakKB();

    /** Kills what is left of the environment's processes, all of them, and frees the means. */
    @Override
    void close();
}
