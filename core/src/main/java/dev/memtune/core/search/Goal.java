// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.search;

import dev.memtune.core.wire.Strategy;
import dev.memtune.core.wire.Verdict;
import java.util.Objects;

/**
 * What "best" means, and from where on a difference matters.
 *
 * <p>Sizes are compared by an index on a logarithmic scale: {@code w ln(billed duration × memory) + (1 - w) ln(duration)}
 * with w = 1 for cost, 0 for duration and the weight between. So a per cent of cost and a per cent of time weigh the same
 * on every grid of sizes; the rate of a GB-second and the fee per request, equal for all sizes, cannot change the order.
 *
 * @param strategy what counts
 * @param balancedWeight for {@link Strategy#BALANCED}: 0 (duration) to 1 (cost)
 * @param tolerance the share by which two sizes may differ and be called equal, such as 0.05
 * @param confidence of every statement, such as 0.95
 * @param demands what a size must keep to before it may be called best
 */
public record Goal(Strategy strategy, double balancedWeight, double tolerance, double confidence, Demands demands) {
    /** Differences of 5 % are below what a few dozen invocations can tell. */
    public static final double USUAL_TOLERANCE = 0.05;

    /** The usual confidence. */
    public static final double USUAL_CONFIDENCE = 0.95;

    /** @throws IllegalArgumentException if a number is out of range */
    public Goal {
        Objects.requireNonNull(strategy, "strategy");
        Objects.requireNonNull(demands, "demands");
        if (!(balancedWeight >= 0 && balancedWeight <= 1)) {
            throw new IllegalArgumentException("balancedWeight must be between 0 and 1, got: " + balancedWeight);
        }
        if (!(tolerance >= 0) || !(confidence > 0 && confidence < 1)) {
            throw new IllegalArgumentException("tolerance must be at least 0 and confidence between 0 and 1, got: "
                    + tolerance + ", " + confidence);
        }
    }

    /** A goal without demands. */
    public Goal(Strategy strategy, double balancedWeight, double tolerance, double confidence) {
        this(strategy, balancedWeight, tolerance, confidence, Demands.NONE);
    }

    /** This with demands. */
    public Goal demanding(Demands others) {
        return new Goal(strategy, balancedWeight, tolerance, confidence, others);
    }

    /** With the usual tolerance and confidence. */
    public static Goal of(Strategy strategy, double balancedWeight) {
        return new Goal(strategy, balancedWeight, USUAL_TOLERANCE, USUAL_CONFIDENCE);
    }

    /** The weight of cost: 1 for cost, 0 for duration. */
    public double costWeight() {
        return switch (strategy) {
            case COST -> 1;
            case DURATION -> 0;
            case BALANCED -> balancedWeight;
        };
    }

    /** The word for an arm that is worse than the best. */
    Verdict worse() {
        return switch (strategy) {
            case COST -> Verdict.DEARER;
            case DURATION -> Verdict.SLOWER;
            case BALANCED -> Verdict.WORSE;
        };
    }
}
