// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.check;

import dev.memtune.core.run.Arm;
import dev.memtune.core.run.Run;
import dev.memtune.core.search.Move;
import dev.memtune.core.search.Observations;
import dev.memtune.core.search.Rates;
import dev.memtune.core.search.Rounds;
import dev.memtune.core.wire.CheckInput;
import dev.memtune.core.wire.Plan;
import java.util.List;
import java.util.Map;

/** The rounds of a run that checks. */
public final class CheckRounds {
    private static final int FIRST_ROUND = 1;

    private CheckRounds() {}

    /** The planner of a run. The rates count once something was measured. */
    public static CheckPlanner planner(Run run, CheckInput check, Rates candidateRates, Rates baselineRates) {
        CheckSettings settings = CheckSettings.of(check, run.input().invocationCount(), candidateRates, baselineRates);
        return new CheckPlanner(
                settings,
                check.foundCandidate().arm().memoryMB(),
                check.foundBaseline().arm().memoryMB());
    }

    /** The plan of the first round: the candidate is to be published unless it is a version, the baseline has one. */
    public static Plan first(Run run, CheckInput check) {
        Observations nothing = new Observations(Plan.MAX_ROUNDS, List.of());
        Arm candidate = check.foundCandidate().arm();
        Arm baseline = check.foundBaseline().arm();
        CheckPlanner planner = planner(run, check, Rates.USUAL, Rates.USUAL);
        return switch (planner.next(nothing, run.input().seed())) {
            case Move.Allocate allocate ->
                Rounds.plan(
                        run,
                        FIRST_ROUND,
                        allocate,
                        Map.of(candidate.id(), candidate, baseline.id(), baseline),
                        nothing);
            case Move.Decide decide ->
                throw new IllegalStateException("a check decides before anything was measured: " + decide);
        };
    }
}
