// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.price;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * What the tuning itself costs, part by part.
 *
 * @param target the tuned function: cold starts, retries and failures included
 * @param tuner our own steps' functions
 * @param transitions the state machine
 * @param snapStart the versions published for it, where they are charged
 */
public record ExplorationCost(Cost target, Cost tuner, Cost transitions, Cost snapStart) {
    /** @throws IllegalArgumentException if the currencies differ */
    public ExplorationCost {
        requireNonNull(target, "target");
        target.plus(tuner).plus(transitions).plus(snapStart);
    }

    /**
     * Returns the cost of invoking the target, where nothing else is known yet.
     *
     * @param price the target's rates
     * @param calls every invocation that was billed, also those that failed
     */
    public static ExplorationCost of(Price price, List<BilledCall> calls) {
        Cost nothing = Cost.zero(price.request().currency());
        return new ExplorationCost(sum(price, calls), nothing, nothing, nothing);
    }

    /** Returns this with what our own steps used. */
    public ExplorationCost withTuner(Price price, GbSeconds used, long requests) {
        Cost cost = price.compute(used).plus(price.requests(requests));
        return new ExplorationCost(target, tuner.plus(cost), transitions, snapStart);
    }

    /** Returns this with a number of state transitions, retries included. */
    public ExplorationCost withTransitions(Price price, long count) {
        return new ExplorationCost(target, tuner, transitions.plus(price.stateTransitions(count)), snapStart);
    }

    /** Returns this with a SnapStart version of a runtime that is charged, and its restores. */
    public ExplorationCost withSnapStart(Price price, int memoryMB, long restores) {
        Cost version = price.snapStartVersion(memoryMB, Price.MIN_SNAPSTART_SECONDS)
                .plus(price.snapStartRestores(memoryMB, restores));
        return new ExplorationCost(target, tuner, transitions, snapStart.plus(version));
    }

    /** Returns the sum of all parts. */
    public Cost total() {
        return target.plus(tuner).plus(transitions).plus(snapStart);
    }

    private static Cost sum(Price price, List<BilledCall> calls) {
        Cost sum = Cost.zero(price.request().currency());
        for (BilledCall call : calls) {
            sum = sum.plus(price.invocation(call.billedMs(), call.memoryMB()));
        }
        return sum;
    }
}
