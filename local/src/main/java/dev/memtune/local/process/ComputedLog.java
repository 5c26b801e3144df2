// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.process;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The platform's lines of an invocation that was computed instead of run, in the version's log format.
 *
 * @param durationMs the invocation's duration, 0 or more
 * @param initMs the init phase if this is a cold start
 * @param usedMB the most memory used
 * @param status {@code error} or {@code timeout}; empty for a success
 * @param errorType the error type of an error
 */
public record ComputedLog(
        double durationMs, OptionalDouble initMs, int usedMB, Optional<String> status, Optional<String> errorType) {
    /** An invocation that succeeded. */
    public static ComputedLog success(double durationMs, OptionalDouble initMs, int usedMB) {
        return new ComputedLog(durationMs, initMs, usedMB, Optional.empty(), Optional.empty());
    }

    /** All lines in UTF-8. */
    public byte[] lines(RunnableVersion version, String requestId, InstantSource clock) {
        PlatformLog log = PlatformLog.of(version, clock);
        initMs.ifPresent(ms -> {
            log.initStart();
            log.initDone(ms);
        });
        log.start(requestId);
        Report report = new Report(
                requestId,
                durationMs,
                initMs,
                version.memoryMB(),
                usedMB,
                status.map(text -> new Report.Failure(text, errorType)));
        log.end(report, "");
        return log.text().getBytes(StandardCharsets.UTF_8);
    }
}
