// SPDX-License-Identifier: Apache-2.0
package dev.memtune.tests.bench;

import java.util.Arrays;
import java.util.Collection;

/** Sorted figures. */
record Quantiles(double[] sorted) {
    static Quantiles of(Collection<Double> figures) {
        double[] sorted = figures.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        return new Quantiles(sorted);
    }

    double at(double quantile) {
        return sorted[(int) Math.min(sorted.length - 1.0, quantile * sorted.length)];
    }

    double median() {
        return at(0.5);
    }
}
