// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.search;

import dev.memtune.core.run.Run;
import dev.memtune.core.sample.Sample;
import dev.memtune.core.wire.Plan;
import java.util.Collection;

/**
 * How many rounds the history of an execution has room for: Step Functions ends one that has 25,000 events (<a
 * href="https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html">quotas</a>), and ours stay below 20,000.
 *
 * <p>An iteration that measures an arm takes {@value #EVENTS_PER_ITERATION}, and {@value #EVENTS_PER_HAND_BACK} more each time
 * its 13 minutes are up. With {@link Rounds#AT_ONCE_MAX} of them at once that happens 1,120 times in the six hours that an
 * execution may take. A cold start is one invocation, and has nothing to hand back.
 */
public final class HistoryRoom {
    /** Two of Map, five of Execute, two of IsExecuted, two of Executed. */
    static final int EVENTS_PER_ITERATION = 11;
    /** Five of Execute, two of IsExecuted, two of the wait. */
    static final int EVENTS_PER_HAND_BACK = 9;

    /** With 1,120 times handing back and fifty rounds of everything else, just below 20,000 events; the rest is for retries. */
    static final int ITERATIONS_MAX = 800;
    /** Of a thousand cold starts, those that turn out warm and are bought again, and companions. */
    static final int COLD_ITERATIONS_MAX = 1_500;

    /** How often a run may hand back because there was no capacity: in the room between 20,000 events and 25,000. */
    static final int SHORTAGES_MAX = 400;
    /** The same of cold starts, which hand back for nothing else. */
    static final int COLD_SHORTAGES_MAX = 600;

    private HistoryRoom() {}

    /** How often a run may hand back because there was no capacity for an arm, over all of its arms. */
    public static int shortagesMax(Run run) {
        return run.input().procedure().onlyColdStarts() ? COLD_SHORTAGES_MAX : SHORTAGES_MAX;
    }

    /**
     * The rounds that a run may still have.
     *
     * @param round the present one
     * @param samples what was bought; the arms of a round are those that have a sample of it
     * @param armCount how many arms a round may have
     */
    public static int roundsLeft(Run run, int round, Collection<Sample> samples, int armCount) {
        long iterations = samples.stream()
                .map(sample -> new Iteration(sample.armId(), sample.round()))
                .distinct()
                .count();
        int most = run.input().procedure().onlyColdStarts() ? COLD_ITERATIONS_MAX : ITERATIONS_MAX;
        long rounds = Math.max(0, most - iterations) / Math.max(1, armCount);
        return (int) Math.min(Plan.MAX_ROUNDS - round, rounds);
    }

    private record Iteration(String armId, int round) {}
}
