// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.check;

import dev.memtune.core.search.ArmObservations;
import dev.memtune.core.search.Measurement;
import dev.memtune.core.search.Rates;
import dev.memtune.core.stats.Capped;
import dev.memtune.core.stats.DesignEffect;
import dev.memtune.core.stats.Drift;
import dev.memtune.core.stats.Moments;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** One version's invocations: the warm ones, or, where every one was cold, those. */
record Side(ArmObservations arm, List<Measurement> compared) {
    /** Reports count in hundredths of a millisecond; a mean of 0 would have no logarithm. */
    private static final double LEAST_MS = 0.01;
    /** Nor has the cost of what a user's own rates make free. */
    private static final double LEAST_COST = 1e-12;

    static Side of(ArmObservations arm) {
        return new Side(arm, arm.comparable());
    }

    int count() {
        return compared.size();
    }

    /** Environments that were seen to start: a lower bound of those that took part. */
    int environmentCount() {
        return (int) arm.measurements().stream().filter(Measurement::isCold).count();
    }

    /** Of values in a fixed order, because the sum of the same values in another may differ in its last digit. */
    Moments moments(ToDoubleFunction<Measurement> value) {
        return Capped.of(sorted(value)).moments();
    }

    double[] sorted(ToDoubleFunction<Measurement> value) {
        return compared.stream().mapToDouble(value).sorted().toArray();
    }

    /** With their rounds, capped; in a fixed order. */
    List<DesignEffect.Timed> timed(ToDoubleFunction<Measurement> value) {
        List<Measurement> ordered = compared.stream()
                .sorted(Comparator.comparingInt(Measurement::round).thenComparingDouble(value))
                .toList();
        double[] capped =
                Capped.of(ordered.stream().mapToDouble(value).toArray()).values();
        List<DesignEffect.Timed> timed = new ArrayList<>();
        for (int i = 0; i < capped.length; i++) {
            timed.add(new DesignEffect.Timed(ordered.get(i).round(), capped[i]));
        }
        return timed;
    }

    Stream<Integer> rounds() {
        return compared.stream().map(Measurement::round);
    }

    /** The capped mean of what was measured in some rounds; empty if nothing was. */
    OptionalDouble mean(Collection<Integer> rounds, ToDoubleFunction<Measurement> value) {
        return timed(value).stream()
                .filter(one -> rounds.contains(one.round()))
                .mapToDouble(DesignEffect.Timed::value)
                .average();
    }

    Drift drift() {
        return Drift.of(compared.stream()
                .map(one -> new Drift.Timed(one.round(), durationMs(one)))
                .toList());
    }

    static double durationMs(Measurement one) {
        return Math.max(one.durationMs(), LEAST_MS);
    }

    /** What one invocation cost, request fee included. */
    ToDoubleFunction<Measurement> cost(Rates rates) {
        return one -> Math.max(rates.invocation(Math.max(one.billedMs(), LEAST_MS), arm.memoryMB()), LEAST_COST);
    }
}
