// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.check;

import dev.memtune.core.wire.CheckVerdict;
import java.util.List;

/**
 * What is known of all gates.
 *
 * @param readings each gate's, in their order
 */
public record Examination(List<GateReading> readings) {
    /** Copies the list. */
    public Examination {
        readings = List.copyOf(readings);
    }

    /** One gate that fails is a failure; all that pass are a pass; else it is undecided. */
    public CheckVerdict verdict() {
        if (has(CheckVerdict.FAIL)) {
            return CheckVerdict.FAIL;
        }
        return has(CheckVerdict.UNDECIDED) ? CheckVerdict.UNDECIDED : CheckVerdict.PASS;
    }

    private boolean has(CheckVerdict verdict) {
        return readings.stream().anyMatch(reading -> reading.verdict() == verdict);
    }
}
