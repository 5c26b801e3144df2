// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.logs;

import dev.memtune.core.price.Rounding;
import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Counts the invocations of one memory size; its memory is bounded by how many different billed durations there are. */
final class MemoryTally {
    private final int memoryMB;
    private final TreeMap<Long, Long> countByBilledMs = new TreeMap<>();
    private long count;
    private long cold;
    private long errors;
    private @Nullable Integer maxMemoryMB;

    MemoryTally(int memoryMB) {
        this.memoryMB = memoryMB;
    }

    void add(InvocationReport report) {
        count++;
        cold += report.startMode() == StartMode.COLD ? 1 : 0;
        errors += report.isFailed() ? 1 : 0;
        countByBilledMs.merge(report.billedMs(), 1L, Long::sum);
        Integer used = report.maxMemoryMB();
        if (used != null && (maxMemoryMB == null || used > maxMemoryMB)) {
            maxMemoryMB = used;
        }
    }

    MemorySummary summary() {
        BigDecimal total = BigDecimal.ZERO;
        for (Map.Entry<Long, Long> billed : countByBilledMs.entrySet()) {
            total = total.add(BigDecimal.valueOf(billed.getKey()).multiply(BigDecimal.valueOf(billed.getValue())));
        }
        return new MemorySummary(
                memoryMB,
                count,
                cold,
                errors,
                total.longValueExact(),
                total.divide(BigDecimal.valueOf(count), Rounding.DIVISION),
                percentile(50),
                percentile(95),
                percentile(99),
                maxMemoryMB);
    }

    private long percentile(int percent) {
        long rank = Math.ceilDiv(count * percent, 100);
        long seen = 0;
        for (Map.Entry<Long, Long> billed : countByBilledMs.entrySet()) {
            seen += billed.getValue();
            if (seen >= rank) {
                return billed.getKey();
            }
        }
        throw new IllegalStateException("a summary needs an invocation, got: " + count);
    }
}
