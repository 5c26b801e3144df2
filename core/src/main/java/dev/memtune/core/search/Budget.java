// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.search;

import java.util.ArrayList;
import java.util.List;

/**
 * What a search may spend. Neither bound can be passed: money is reckoned before each round with the most that an invocation
 * can be billed for, and what it left over is known, and spent, in the next round.
 *
 * @param maxInvocations at least 1
 * @param maxMoney in the currency of the rates; infinite for no bound
 * @param rates what is paid
 * @param mostBilledMs the most that one invocation can be billed for: time-out and start
 */
public record Budget(int maxInvocations, double maxMoney, Rates rates, double mostBilledMs) {
    /** As many as the rounds allow. */
    public static final Budget UNLIMITED = ofInvocations(Integer.MAX_VALUE);

    /** @throws IllegalArgumentException if a number is out of range */
    public Budget {
        if (maxInvocations < 1 || !(maxMoney > 0) || !(mostBilledMs >= 0)) {
            throw new IllegalArgumentException("maxInvocations must be at least 1, maxMoney above 0, mostBilledMs at"
                    + " least 0, got: " + maxInvocations + ", " + maxMoney + ", " + mostBilledMs);
        }
    }

    /** A bound on the number alone. */
    public static Budget ofInvocations(int maxInvocations) {
        return new Budget(maxInvocations, Double.POSITIVE_INFINITY, Rates.NONE, 0);
    }

    /** What of these purchases is within the bounds, the first ones first; empty if nothing is. */
    List<Purchase> clip(List<Purchase> wanted, Observations observations) {
        long left = maxInvocations
                - observations.arms().stream()
                        .mapToLong(ArmObservations::boughtCount)
                        .sum();
        double money = Double.isInfinite(maxMoney) ? maxMoney : maxMoney - spent(observations);
        List<Purchase> clipped = new ArrayList<>();
        for (Purchase purchase : wanted) {
            double most = rates.invocation(mostBilledMs, purchase.memoryMB());
            long affordable = most > 0 ? (long) Math.min(Integer.MAX_VALUE, money / most) : Integer.MAX_VALUE;
            int count = (int) Math.min(purchase.invocationCount(), Math.min(left, affordable));
            if (count > 0) {
                clipped.add(new Purchase(purchase.armId(), purchase.memoryMB(), count));
                left -= count;
                money -= count * most;
            }
        }
        return clipped;
    }

    private double spent(Observations observations) {
        double spent = 0;
        for (ArmObservations arm : observations.arms()) {
            double billedMs = arm.measurements().stream()
                    .filter(Measurement::isBought)
                    .mapToDouble(Measurement::billedMs)
                    .sorted()
                    .sum();
            spent += rates.compute(billedMs + arm.otherBilledMs(), arm.memoryMB())
                    + arm.boughtCount() * rates.perRequest();
        }
        return spent;
    }
}
