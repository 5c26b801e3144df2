// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.process;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * How the process host runs functions.
 *
 * @param javaHome the JDK, 21 or newer, for Java functions
 * @param temporaryRoot where the environments' own folders go; deleted with them
 * @param cpu the means of the CPU share if it is forced, empty for the best there is
 * @param cpus processors that functions may use together, 1 or more
 * @param initLimit the init phase's limit, 10 s on Lambda; then init is run again inside the invocation
 * @param idleLimit how long an environment is kept warm
 * @param environmentLimit the most environments at a time, 1 or more
 * @param outputLimitBytes the most output kept of one invocation
 * @param clock for the deadlines that functions see, and for time stamps in logs
 */
public record ProcessSettings(
        Path javaHome,
        Path temporaryRoot,
        Optional<CpuMeans> cpu,
        int cpus,
        Duration initLimit,
        Duration idleLimit,
        int environmentLimit,
        int outputLimitBytes,
        InstantSource clock) {

    /** @throws IllegalArgumentException if a limit is not positive */
    public ProcessSettings {
        requirePositive("cpus", cpus);
        requirePositive("initLimit in ms", initLimit.toMillis());
        requirePositive("idleLimit in ms", idleLimit.toMillis());
        requirePositive("environmentLimit", environmentLimit);
        requirePositive("outputLimitBytes", outputLimitBytes);
    }

    /** The running JVM's JDK, the system's folder for temporary files, Lambda's limits; {@code -Dmemtune.cpu} forces the means. */
    public static ProcessSettings defaults() {
        return new ProcessSettings(
                Path.of(System.getProperty("java.home")),
                Path.of(System.getProperty("java.io.tmpdir")),
                Optional.ofNullable(System.getProperty("memtune.cpu")).map(CpuMeans::of),
                Runtime.getRuntime().availableProcessors(),
                Duration.ofSeconds(10),
                Duration.ofMinutes(5),
                64,
                1 << 20,
                InstantSource.system());
    }

    /** These settings with the means of the CPU share forced. */
    public ProcessSettings withCpu(CpuMeans means) {
        return new ProcessSettings(
                javaHome,
                temporaryRoot,
                Optional.of(means),
                cpus,
                initLimit,
                idleLimit,
                environmentLimit,
                outputLimitBytes,
                clock);
    }

    private static void requirePositive(String field, long value) {
        if (value <= 0) {
            throw new IllegalArgumentException(field + " must be more than 0, got: " + value);
        }
    }
}
