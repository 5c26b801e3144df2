// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.process;

import java.util.Arrays;
import java.util.Locale;

/** The ladder of means by which a CPU share can be enforced, best first. */
public enum CpuMeans {
    /** cgroup v2 with the cpu controller delegated to us. */
    CGROUP2,
    /** cgroup v1, writable for root. */
    CGROUP1,
    /** Stopping and continuing the processes by their CPU time. */
    DUTY,
    /** Nothing: durations do not follow the memory size. */
    NONE;

    /**
     * Reads {@code cgroup2}, {@code cgroup1}, {@code duty} or {@code none}.
     *
     * @throws IllegalArgumentException for anything else
     */
    public static CpuMeans of(String name) {
        return Arrays.stream(values())
                .filter(means -> means.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "memtune.cpu must be cgroup2, cgroup1, duty or none, got: " + name));
    }
}
