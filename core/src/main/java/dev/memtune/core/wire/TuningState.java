// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The state that goes from step to step: small whatever the number of sizes and samples.
 *
 * @param run the run
 * @param plan the present round
 * @param next where to go
 * @param decision what was decided; null until then
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TuningState(
        RunRef run, Plan plan, Next next, @Nullable Decision decision) {
    /** The branches of the state machine after Analyze. */
    public enum Next {
        /** The plan has arms that must be published first. */
        PUBLISH,
        /** The plan's arms can be measured at once. */
        MEASURE,
        /** There is a decision. */
        DECIDED
    }

    /** Checks what must be there. */
    public TuningState {
        Objects.requireNonNull(run, "run");
        Objects.requireNonNull(plan, "plan");
        Objects.requireNonNull(next, "next");
    }
}
