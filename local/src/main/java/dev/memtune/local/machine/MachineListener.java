// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.machine;

/** Sees the events of an execution, one at a time, in the thread that causes them. Must be quick and must not throw. */
@FunctionalInterface
public interface MachineListener {
    /** Sees nothing. */
    MachineListener NONE = event -> {};

    /** Called once for each event. */
    void on(MachineEvent event);
}
