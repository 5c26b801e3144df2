// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.process;

import java.util.Objects;

/**
 * How well this machine can imitate Lambda's resources; shown with every result.
 *
 * <p>What is not imitated: the network and the rest of the file system are open, and {@code /tmp} is not bounded. Between
 * invocations environments are frozen where cgroups allow it, otherwise they go on.
 *
 * @param cpu the means of the CPU share, such as {@code cgroup v1 quota, 20 ms period}
 * @param memory the means of the memory limit
 * @param cpus the processors that functions may use: a size that stands for more virtual CPUs than this cannot be imitated
 * @param cpuEnforced whether durations follow the memory size at all
 * @param files what of the file system is an environment's own
 */
public record Isolation(String cpu, String memory, int cpus, boolean cpuEnforced, String files) {
    private static final String MACHINE =
            "the machine's /tmp and /dev/shm; only TMPDIR and HOME are an environment's own";

    /** Checks that nothing is null. */
    public Isolation {
        Objects.requireNonNull(cpu, "cpu");
        Objects.requireNonNull(memory, "memory");
        Objects.requireNonNull(files, "files");
    }

    /** With the machine's own {@code /tmp} and {@code /dev/shm}. */
    public Isolation(String cpu, String memory, int cpus, boolean cpuEnforced) {
        this(cpu, memory, cpus, cpuEnforced, MACHINE);
    }

    /** The same with another view of the file system. */
    Isolation withFiles(String view) {
        return new Isolation(cpu, memory, cpus, cpuEnforced, view);
    }
}
