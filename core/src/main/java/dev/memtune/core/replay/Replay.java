// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.replay;

import dev.memtune.core.failure.BadInput;
import dev.memtune.core.failure.Problem;
import dev.memtune.core.search.SizeSpace;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/** Plays every policy against every pool. */
public final class Replay {
    private final ReplayPlan plan;

    /** @param plan what to replay */
    public Replay(ReplayPlan plan) {
        this.plan = plan;
    }

    /** Every policy's scores, and each pair of policies compared. @throws BadInput if a pool has none of the named sizes */
    public ReplayResult run(Collection<Pool> pools) {
        List<PolicyScores> scores = new ArrayList<>();
        List<List<List<Trial>>> trials = new ArrayList<>();
        for (Policy policy : plan.policies()) {
            List<List<Trial>> ofPolicy = new ArrayList<>();
            List<Score> functions = new ArrayList<>();
            for (Pool pool : pools) {
                List<Trial> ofPool = trials(policy, pool);
                ofPolicy.add(ofPool);
                functions.add(Score.of(pool.function(), ofPool));
            }
            trials.add(ofPolicy);
            scores.add(new PolicyScores(policy.label(), Score.overall(functions), functions));
        }
        List<Comparison> comparisons = new ArrayList<>();
        for (int i = 0; i < scores.size(); i++) {
            for (int j = i + 1; j < scores.size(); j++) {
                String first = scores.get(i).policy();
                comparisons.add(
                        Comparison.of(first, scores.get(j).policy(), trials.get(i), trials.get(j), plan.seed()));
            }
        }
        return new ReplayResult(scores, comparisons);
    }

    private List<Trial> trials(Policy policy, Pool pool) {
        Playground playground = new Playground(pool, sizes(pool), policy.goal(plan.goal()), policy, plan.ties());
        List<Trial> trials = new ArrayList<>();
        for (int run = 0; run < plan.runs(); run++) {
            trials.add(playground.play(plan.seed() + run * 0x632BE59BD9B4E019L));
        }
        return trials;
    }

    private SizeSpace sizes(Pool pool) {
        TreeSet<Integer> values = new TreeSet<>(pool.sizes());
        if (!plan.values().isEmpty()) {
            values.retainAll(plan.values());
        }
        if (values.isEmpty()) {
            throw new BadInput(List.of(new Problem(
                    "--values",
                    "must name a size that was recorded of " + pool.function() + ", one of " + pool.sizes(),
                    plan.values().toString(),
                    "Name recorded sizes, or leave the option out to use all.")));
        }
        return new SizeSpace(values, pool.sizes());
    }
}
