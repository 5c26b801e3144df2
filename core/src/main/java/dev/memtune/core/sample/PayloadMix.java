// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.sample;

import java.util.List;

/**
 * Which payload each position of an arm's sequence gets. The same for every arm, so that sizes are compared on the same
 * work, and every stretch of the sequence has nearly the mix that the weights ask for: each position goes to the payload
 * that is furthest behind its share, of equals to the first.
 */
public final class PayloadMix {
    private final double[] shares;

    /**
     * Takes the weights.
     *
     * @param weights relative, each more than 0; at least one
     */
    public PayloadMix(List<Double> weights) {
        if (weights.isEmpty() || weights.stream().anyMatch(weight -> !(weight > 0))) {
            throw new IllegalArgumentException("weights must be more than 0, at least one, got: " + weights);
        }
        double sum = weights.stream().mapToDouble(Double::doubleValue).sum();
        this.shares = weights.stream().mapToDouble(weight -> weight / sum).toArray();
    }

    /** The payloads of the positions 0 to {@code count - 1}, as positions in the list of weights. */
    public int[] first(int count) {
        int[] given = new int[shares.length];
        int[] sequence = new int[count];
        for (int position = 0; position < count; position++) {
            int chosen = furthestBehind(given, position + 1);
            given[chosen]++;
            sequence[position] = chosen;
        }
        return sequence;
    }

    private int furthestBehind(int[] given, int total) {
        int chosen = 0;
        for (int i = 1; i < shares.length; i++) {
            // Rounding must not let equal weights take turns out of order.
            if (shares[i] * total - given[i] > shares[chosen] * total - given[chosen] + 1e-9) {
                chosen = i;
            }
        }
        return chosen;
    }
}
