// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.search;

import dev.memtune.core.stats.Welch;
import java.util.Comparator;
import java.util.List;

/**
 * Who is still in the race for the best size. A rival is out when it cannot be better than the leader by more than the
 * tolerance: only that has to be shown, so flat curves end soon. Each rival gets its share of the error rate, and of that
 * each look its part {@code 1 / (k (k + 1))}, which sums to one over however many looks; so looking often is safe.
 */
final class Race {
    private final List<Candidate> runners;
    private final Preset preset;

    /** @param runners at least one */
    Race(List<Candidate> runners, Preset preset) {
        this.runners = List.copyOf(runners);
        this.preset = preset;
    }

    /** The least index; of equals the smallest size. */
    Candidate leader() {
        return runners.stream()
                .min(Comparator.comparingDouble((Candidate one) -> one.index().value())
                        .thenComparing(Candidate.BY_SIZE))
                .orElseThrow();
    }

    /** Who may still be better than this one by more than the tolerance. */
    List<Candidate> rivals(Candidate of) {
        return runners.stream()
                .filter(other -> !other.isSameArmAs(of) && !isOut(other, of))
                .toList();
    }

    /** Those of whom it is settled that no other is better by more than the tolerance. */
    List<Candidate> settled() {
        return runners.stream().filter(one -> rivals(one).isEmpty()).toList();
    }

    private boolean isOut(Candidate rival, Candidate leader) {
        int look = preset.look(Math.min(rival.count(), leader.count()));
        double errorRate = preset.errorRate() / ((double) runners.size() * look * (look + 1));
        return Welch.between(leader.index(), rival.index()).exceeds(-Math.log1p(preset.tolerance()), errorRate);
    }
}
