// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.port;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What a function of {@link InMemoryLambda} does when it is invoked. */
@FunctionalInterface
public interface Workload {
    /**
     * Runs once.
     *
     * @param memoryMB the version's memory size
     * @param payload the event
     * @param number the number of this invocation of the version, from 0
     */
    Run run(int memoryMB, byte[] payload, int number);

    /**
     * How an invocation went.
     *
     * @param durationMs the handler's duration
     * @param initMs the init duration; null for a warm start
     * @param maxMemoryMB the environment's peak
     * @param errorType null if it succeeded
     * @param payload the answer or the error document
     */
    record Run(
            double durationMs,
            @Nullable Double initMs,
            int maxMemoryMB,
            @Nullable String errorType,
            byte[] payload) {
        /** A warm success that answers {@code "ok"}. */
        public static Run success(double durationMs) {
            return new Run(durationMs, null, 60, null, "\"ok\"".getBytes(StandardCharsets.UTF_8));
        }

        /** A failure of this type. */
        public static Run failure(double durationMs, String errorType) {
            String document = "{\"errorMessage\":\"model failure\",\"errorType\":\"" + errorType + "\"}";
            return new Run(durationMs, null, 60, errorType, document.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** CPU-bound work: 2 ms and 400 ms of one vCPU, which is had at 1,769 MB; the first start has 100 ms of init. */
    static Workload cpuBound() {
        return (memoryMB, payload, number) -> {
            double durationMs = 2 + 400.0 * 1769 / Math.min(memoryMB, 1769);
            Run warm = Run.success(durationMs);
            return number > 0 ? warm : new Run(durationMs, 100.0, warm.maxMemoryMB(), null, warm.payload());
        };
    }
}
