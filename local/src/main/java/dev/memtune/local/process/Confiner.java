// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.process;

/** One means of confining environments, with what it needs on this machine. */
interface Confiner extends AutoCloseable {
    /** A confinement for a new environment. {@code name} is unique in this service and fit for a file name. */
    Confinement confine(String name, CpuShare share);

    /** What is shown with every result. */
    Isolation isolation();

    @Override
    default void close() {}
}
