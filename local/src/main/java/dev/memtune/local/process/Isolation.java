// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.process;

import java.util.Objects;

/**
 * How well this machine can imitate Lambda's resources; shown with every result.
 *
 * <p>What is not imitated: {@code /tmp} and {@code /dev/shm} are the machine's own, and only {@code TMPDIR} and {@code HOME}
 * point to a folder per environment; the network and the file system are open. Between invocations environments are frozen
 * where cgroups allow it, otherwise they go on.
 *
 * @param cpu the means of the CPU share, such as {@code cgroup v1 quota, 20 ms period}
 * @param memory the means of the memory limit
 * @param cpus the processors that functions may use: a size that stands for more virtual CPUs than this cannot be imitated
 * @param cpuEnforced whether durations follow the memory size at all
 */
public record Isolation(String cpu, String memory, int cpus, boolean cpuEnforced) {
    /** Checks that nothing is null. */
    public Isolation {
        Objects.requireNonNull(cpu, "cpu");
        Objects.requireNonNull(memory, "memory");
    }
}
