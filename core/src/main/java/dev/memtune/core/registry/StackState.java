// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.registry;

import java.util.List;
import java.util.Objects;

/** How far the deployment of an algorithm has come. */
public sealed interface StackState {

    /** Nothing is deployed, or what was has been removed. */
    record Absent() implements StackState {}

    /**
     * A change is under way.
     *
     * @param deployment the attempt that the change is for, as {@link ExecutionName} names it; empty if nobody can tell
     */
    record Changing(String deployment) implements StackState {
        /** Checks that nothing is null. */
        public Changing {
            Objects.requireNonNull(deployment, "deployment");
        }
    }

    /**
     * The function is there and active.
     *
     * @param deployment the attempt that is deployed, as {@link ExecutionName} names it
     */
    record Deployed(String deployment) implements StackState {
        /** Checks that nothing is null. */
        public Deployed {
            Objects.requireNonNull(deployment, "deployment");
        }
    }

    /**
     * The last change failed; what was there before is there again.
     *
     * @param deployment the attempt that failed, as {@link ExecutionName} names it; empty if nobody can tell
     * @param reasons why, a line each, at least one
     */
    record Failed(String deployment, List<String> reasons) implements StackState {
        /** Checks that there is a reason, and copies the list. */
        public Failed {
            Objects.requireNonNull(deployment, "deployment");
            reasons = List.copyOf(reasons);
            if (reasons.isEmpty()) {
                throw new IllegalArgumentException("a failed deployment must have a reason, got none");
            }
        }
    }
}
