// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What a search may spend.
 *
 * <p>The number of invocations is never exceeded. Money is reckoned before each purchase with the slowest invocation seen at
 * that size, or, at a size not seen yet, at the nearest smaller one; what failed counts like the slowest that succeeded. So
 * the bound can be passed by no more than one round's invocations being slower than any before.
 *
 * @param maxInvocations at least 1
 * @param maxMoney in any currency; infinite for no bound
 * @param moneyPerMegabyteMs what a megabyte costs for a millisecond of billed duration
 * @param moneyPerRequest the fee
 */
public record Budget(int maxInvocations, double maxMoney, double moneyPerMegabyteMs, double moneyPerRequest) {
    /** As many as the rounds allow. */
    public static final Budget UNLIMITED = new Budget(Integer.MAX_VALUE, Double.POSITIVE_INFINITY, 0, 0);

    /** @throws IllegalArgumentException if a number is out of range */
    public Budget {
        if (maxInvocations < 1 || !(maxMoney > 0) || !(moneyPerMegabyteMs >= 0) || !(moneyPerRequest >= 0)) {
            throw new IllegalArgumentException("maxInvocations must be at least 1, maxMoney above 0, rates at least 0,"
                    + " got: " + maxInvocations + ", " + maxMoney + ", " + moneyPerMegabyteMs + ", " + moneyPerRequest);
        }
    }

    /** A bound on the number alone. */
    public static Budget ofInvocations(int maxInvocations) {
        return new Budget(maxInvocations, Double.POSITIVE_INFINITY, 0, 0);
    }

    /** What of these purchases is within the bounds, the first ones first; empty if nothing is. */
    List<Purchase> clip(List<Purchase> wanted, Observations observations) {
        long left = maxInvocations
                - observations.arms().stream()
                        .mapToLong(ArmObservations::boughtCount)
                        .sum();
        double money = maxMoney - spent(observations);
        List<Purchase> clipped = new ArrayList<>();
        for (Purchase purchase : wanted) {
            double price = price(purchase.memoryMB(), observations);
            long affordable = price > 0 ? (long) Math.min(Integer.MAX_VALUE, money / price) : Integer.MAX_VALUE;
            int count = (int) Math.min(purchase.invocationCount(), Math.min(left, affordable));
            if (count > 0) {
                clipped.add(new Purchase(purchase.armId(), purchase.memoryMB(), count));
                left -= count;
                money -= count * price;
            }
        }
        return clipped;
    }

    private double spent(Observations observations) {
        double spent = 0;
        for (ArmObservations arm : observations.arms()) {
            double billedMs = arm.measurements().stream()
                    .mapToDouble(Measurement::billedMs)
                    .sorted()
                    .sum();
            int failedCount = arm.boughtCount() - arm.measurements().size();
            double failedMs = failedCount * slowest(arm).orElse(0);
            spent += (billedMs + failedMs) * arm.memoryMB() * moneyPerMegabyteMs + arm.boughtCount() * moneyPerRequest;
        }
        return spent;
    }

    private double price(int memoryMB, Observations observations) {
        double slowestMs = observations.arms().stream()
                .filter(arm -> arm.memoryMB() <= memoryMB && arm.isRankable())
                .max(Comparator.comparingInt(ArmObservations::memoryMB))
                .map(arm -> slowest(arm).orElse(0))
                .orElse(0.0);
        return slowestMs * memoryMB * moneyPerMegabyteMs + moneyPerRequest;
    }

    private static OptionalDouble slowest(ArmObservations arm) {
        return arm.measurements().stream().mapToDouble(Measurement::billedMs).max();
    }
}
