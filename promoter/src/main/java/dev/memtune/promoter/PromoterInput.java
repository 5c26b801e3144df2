// SPDX-License-Identifier: Apache-2.0
package dev.memtune.promoter;

import dev.memtune.core.wire.Decision;
import dev.memtune.core.wire.RunRef;
import java.util.Objects;

/**
 * What Promote gets.
 *
 * @param run the run
 * @param decision what Analyze decided
 */
public record PromoterInput(RunRef run, Decision decision) {
    /** Checks that nothing is null. */
    public PromoterInput {
        Objects.requireNonNull(run, "run");
        Objects.requireNonNull(decision, "decision");
    }
}
