// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.search;

import dev.memtune.core.failure.BadInput;
import dev.memtune.core.failure.Problem;
import dev.memtune.core.run.Arm;
import dev.memtune.core.run.Run;
import dev.memtune.core.wire.Allocation;
import dev.memtune.core.wire.Plan;
import dev.memtune.core.wire.TuningInput;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Turns what a planner wants to buy into the plan of a round, within the run's bound of invocations at once. The arms come in
 * an order that the seed shuffles anew for each round, so that whatever drifts while they are measured favours none of them.
 */
public final class Rounds {
    /** As asked, a size's invocations may overlap so many times; beyond that, mostly cold starts are bought. */
    public static final int MAX_PARALLELISM = 10;

    /**
     * So many arms are measured at once: <a
     * href="https://docs.aws.amazon.com/step-functions/latest/dg/state-map-inline.html">as many iterations as an inline Map runs
     * at once</a>, whatever it is told.
     */
    public static final int AT_ONCE_MAX = 40;

    private static final int FIRST_ROUND = 1;
    private static final int WAIT_SECONDS = 1;

    private Rounds() {}

    /** The plan of the first round; nothing is published yet. */
    public static Plan first(Run run, Rates rates) {
        Observations nothing = new Observations(Plan.MAX_ROUNDS, List.of());
        return switch (Planners.of(run, rates).next(nothing, run.input().seed())) {
            case Move.Allocate allocate -> plan(run, FIRST_ROUND, allocate, Map.of(), nothing);
            case Move.Decide decide ->
                throw new BadInput(List.of(new Problem(
                        "maxSpend",
                        "must allow one invocation that takes as long as the function's time-out lets it",
                        String.valueOf(run.input().limits().maxSpend()),
                        "Raise it, or lower the function's time-out of "
                                + run.before().timeoutSeconds() + " s")));
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
        List<Purchase> purchases = shuffled(allocate.purchases(), run.input().seed() + round);
        int armsAtOnce = Math.min(Math.min(purchases.size(), AT_ONCE_MAX), run.concurrency());
        int share = run.concurrency() / armsAtOnce;
        Environments environments = Environments.of(run.input(), observations);
        List<Allocation> allocations = new ArrayList<>();
        for (Purchase purchase : purchases) {
            Optional<ArmObservations> arm = observations.of(purchase.armId());
            int parallelism = run.input().policy().isSearch()
                    ? environments.parallelism(purchase, arm, share)
                    : asAsked(run, purchase, share);
            allocations.add(new Allocation(
                    published.getOrDefault(
                            purchase.armId(), new Arm(purchase.armId(), purchase.memoryMB(), null, null)),
                    firstIndex(purchase, observations),
                    purchase.invocationCount(),
                    parallelism));
        }
        boolean pending = allocations.stream().anyMatch(one -> !one.arm().isPublished());
        return new Plan(round, allocations, armsAtOnce, pending, WAIT_SECONDS);
    }

    /**
     * The plan in which every size that is measured for the first time is given each payload once at least, because a size at
     * which one fails cannot be chosen. As planned where the input bounds what the run may buy, or has sizes invoked once.
     */
    public static Plan covering(Plan plan, TuningInput input, int payloadCount) {
        boolean isBounded =
                input.limits().maxInvocations() != null || input.limits().maxSpend() != null;
        boolean isOnce = input.procedure().dryRun() || input.procedure().onlyColdStarts();
        if (isBounded || isOnce || !input.policy().isSearch()) {
            return plan;
        }
        return new Plan(
                plan.round(),
                plan.allocations().stream()
                        .map(one -> one.firstIndex() == 0 ? one.ofAtLeast(payloadCount) : one)
                        .toList(),
                plan.maxConcurrency(),
                plan.pending(),
                plan.waitSeconds());
    }

    private static int asAsked(Run run, Purchase purchase, int share) {
        int most = run.input().parallel() ? Math.clamp(share, 1, MAX_PARALLELISM) : 1;
        return Math.min(most, purchase.invocationCount());
    }

    /** Fisher and Yates, by a generator whose numbers are the same on every Java. */
    private static List<Purchase> shuffled(List<Purchase> purchases, long seed) {
        List<Purchase> shuffled = new ArrayList<>(purchases);
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = shuffled.size() - 1; i > 0; i--) {
            Collections.swap(shuffled, i, random.nextInt(i + 1));
        }
        return shuffled;
    }

    /** Where the arm's sequence of payloads goes on; arms that are invoked once share their size's sequence. */
    private static int firstIndex(Purchase purchase, Observations observations) {
        Arm arm = new Arm(purchase.armId(), purchase.memoryMB(), null, null);
        return observations.of(arm.id()).map(ArmObservations::boughtCount).orElse(arm.repetition());
    }
}
