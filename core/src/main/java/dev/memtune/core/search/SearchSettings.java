// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.search;

import java.util.Objects;

/**
 * What {@link ClimbAndRacePlanner} is told.
 *
 * @param preset how sure the answer has to be
 * @param goal what "best" means; its tolerance and confidence are the preset's
 * @param sizes where to look
 * @param budget what may be spent
 * @param expectedColdCount cold starts that a first visit is going to have, bought on top of the warm invocations so that
 *     they need no round of their own
 * @param ties what happens among sizes that are equal within the tolerance
 */
public record SearchSettings(
        Preset preset, Goal goal, SizeSpace sizes, Budget budget, int expectedColdCount, Ties ties) {
    /** What happens among sizes of which it is settled that no other is better by more than the tolerance. */
    public enum Ties {
        /** For cost the fastest of them is taken, for duration the cheapest: what users want. */
        TRADE,
        /** The least mean is taken: what a comparison of search methods wants. */
        LEAST
    }

    /** Checks, and puts the preset's tolerance and confidence into the goal. */
    public SearchSettings {
        Objects.requireNonNull(sizes, "sizes");
        Objects.requireNonNull(budget, "budget");
        Objects.requireNonNull(ties, "ties");
        goal = preset.goal(goal);
        if (expectedColdCount < 0) {
            throw new IllegalArgumentException("expectedColdCount must be at least 0, got: " + expectedColdCount);
        }
    }
}
