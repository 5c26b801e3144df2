// SPDX-License-Identifier: Apache-2.0
package dev.memtune.executor;

import dev.memtune.core.port.LambdaFault;
import java.time.Duration;
import java.util.Optional;

/** How long to wait for capacity. */
final class Capacity {
    private static final int LEAST_SECONDS = 1;
    private static final int MOST_SECONDS = 60;
    /** To 256 seconds at the end. */
    private static final int SCARCE_DOUBLINGS = 8;

    private Capacity() {}

    /**
     * Doubles with every call that got nothing, from one second to a minute; longer if the endpoint asks for it, and longer, up
     * to four minutes, the less a run has left of the times that it may ask again.
     *
     * @param idleCalls how many calls in a row ended without a sample
     * @param usedShare the share of these times that the run has used, 0 to 1
     * @param noCapacity the last answer that there is no capacity
     */
    static int waitSeconds(int idleCalls, double usedShare, Optional<LambdaFault> noCapacity) {
        int doubled = idleCalls < 1 ? LEAST_SECONDS : 1 << Math.min(idleCalls, 6);
        long asked = noCapacity
                .filter(LambdaFault.Throttled.class::isInstance)
                .map(LambdaFault.Throttled.class::cast)
                .flatMap(LambdaFault.Throttled::retryAfter)
                .map(Duration::toSeconds)
                .orElse(0L);
        int scarce = 1 << (int) (usedShare * SCARCE_DOUBLINGS);
        return (int) Math.max(scarce, Math.max(Math.min(doubled, MOST_SECONDS), Math.min(asked, MOST_SECONDS)));
    }
}
