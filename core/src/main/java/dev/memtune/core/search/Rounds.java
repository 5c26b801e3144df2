// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.search;

import dev.memtune.core.run.Arm;
import dev.memtune.core.run.Run;
import dev.memtune.core.wire.Allocation;
import dev.memtune.core.wire.Plan;
import java.util.List;
import java.util.Map;

/** Turns what a planner wants to buy into the plan of a round, within the run's bound of invocations at once. */
public final class Rounds {
    /** Invocations of one size at once, where the bound would allow more: beyond that, mostly cold starts are bought. */
    public static final int MAX_PARALLELISM = 10;

    private static final int FIRST_ROUND = 1;
    private static final int WAIT_SECONDS = 1;

    private Rounds() {}

    /**
     * The plan of the first round; nothing is published yet.
     */
    public static Plan first(Run run) {
        Observations nothing = new Observations(Plan.MAX_ROUNDS, List.of());
        return switch (Planners.of(run.input()).next(nothing, run.input().seed())) {
            case Move.Allocate allocate -> plan(run, FIRST_ROUND, allocate, Map.of(), nothing);
            case Move.Decide decide ->
                throw new IllegalStateException("policy " + run.input().policy().wireName()
                        + " decides before anything was measured: " + decide);
        };
    }

    /**
     * The plan of a round.
     *
     * @param published the arms that can be invoked, by id
     * @param observations where each arm's sequence of payloads goes on
     */
    public static Plan plan(
            Run run, int round, Move.Allocate allocate, Map<String, Arm> published, Observations observations) {
        List<Purchase> purchases = allocate.purchases();
        int armsAtOnce = Math.min(purchases.size(), run.concurrency());
        int share = run.concurrency() / armsAtOnce;
        int most = run.input().parallel() ? Math.clamp(share, 1, MAX_PARALLELISM) : 1;
        List<Allocation> allocations = purchases.stream()
                .map(purchase -> new Allocation(
                        published.getOrDefault(
                                purchase.armId(), new Arm(purchase.armId(), purchase.memoryMB(), null, null)),
                        firstIndex(purchase, observations),
                        purchase.invocationCount(),
                        Math.min(most, purchase.invocationCount())))
                .toList();
        boolean pending = allocations.stream().anyMatch(one -> !one.arm().isPublished());
        return new Plan(round, allocations, armsAtOnce, pending, WAIT_SECONDS);
    }

    /** Where the arm's sequence of payloads goes on; arms that are invoked once share their size's sequence. */
    private static int firstIndex(Purchase purchase, Observations observations) {
        Arm arm = new Arm(purchase.armId(), purchase.memoryMB(), null, null);
        return observations.of(arm.id()).map(ArmObservations::boughtCount).orElse(arm.repetition());
    }
}
