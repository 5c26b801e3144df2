// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.search;

import java.util.List;

/**
 * Who may be called best under what is demanded.
 *
 * @param eligible those that meet it as far as was seen
 * @param doubtful those of which that is not certain, and that would be as good as the best or better
 */
record Contest(List<Candidate> eligible, List<Candidate> doubtful) {
    Contest {
        eligible = List.copyOf(eligible);
        doubtful = List.copyOf(doubtful);
    }

    /** Looking often is safe: each look has its part of the error rate, as in {@link Race}. */
    static Contest of(List<Candidate> candidates, Goal goal, Preset preset) {
        Demands demands = goal.demands();
        if (!demands.isAny()) {
            return new Contest(candidates, List.of());
        }
        List<Candidate> eligible = demands.met(candidates, preset.errorRate());
        double least =
                eligible.stream().mapToDouble(one -> one.index().value()).min().orElse(Double.POSITIVE_INFINITY);
        List<Candidate> doubtful = candidates.stream()
                .filter(one -> !demands.fit(one, errorRate(one, preset)).isCertain())
                .filter(one -> one.index().value() <= least + Math.log1p(goal.tolerance()))
                .toList();
        return new Contest(eligible, doubtful);
    }

    private static double errorRate(Candidate one, Preset preset) {
        return preset.errorRate() * preset.errorShare(one.count());
    }
}
