// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.wire;

import dev.memtune.core.run.Arm;
import java.util.Objects;

/**
 * What Analyze decided; the evidence is in the run store.
 *
 * @param best the arm that is best under the strategy
 * @param promote whether the input asks for an alias to be moved to it
 */
public record Decision(Arm best, boolean promote) {
    /** Checks that nothing is null. */
    public Decision {
        Objects.requireNonNull(best, "best");
    }
}
