// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.search;

import java.util.List;

/**
 * What the measurements of one round have in common beyond their own scatter: the environment's host, a busy minute, a function
 * that is not warm yet. It is new with each round, so a size that was measured in few rounds may be off by it however many
 * invocations they had.
 *
 * <p>Its variance is that of the means of rounds beyond what the scatter explains, over all sizes together, drawn towards none at
 * all with the weight of six rounds. It guides what is bought; statements rest on the measurements alone.
 */
final class RoundEffect {
    /** Two hosts that look alike still differ by this, as a share. */
    private static final double LEAST = 0.006;

    private static final double MOST = 0.15;
    private static final double PRIOR_ROUNDS = 6;

    private final double variance;

    private RoundEffect(double variance) {
        this.variance = variance;
    }

    /** Estimated from all sizes. */
    static RoundEffect of(List<Candidate> candidates) {
        double scatter = 0;
        double count = 0;
        double repeated = 0;
        double rounds = 0;
        for (Candidate one : candidates) {
            scatter += one.count() * one.scatter() * one.scatter();
            count += one.count();
            if (one.rounds().count() > 1) {
                repeated += one.count();
                rounds += one.rounds().count();
            }
        }
        double perRound = rounds == 0 ? 1 : repeated / rounds;
        double found = (excess(candidates) - 1) * scatter / count / perRound;
        return new RoundEffect(Math.clamp(found, LEAST * LEAST, MOST * MOST));
    }

    /** By how many times the variance of the means of rounds is greater than the scatter explains. */
    static double excess(List<Candidate> candidates) {
        double squares = PRIOR_ROUNDS;
        double freedom = PRIOR_ROUNDS;
        for (Candidate one : candidates) {
            if (one.rounds().count() > 1) {
                squares += one.rounds().squares() / (one.scatter() * one.scatter());
                freedom += one.rounds().count() - 1;
            }
        }
        return squares / freedom;
    }

    /** Of a round, on logarithms. */
    double variance() {
        return variance;
    }

    /** Of the mean of a size: each of its rounds is new. */
    double variance(Candidate one) {
        return variance / one.rounds().count();
    }
}
