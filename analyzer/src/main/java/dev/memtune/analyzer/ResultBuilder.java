// SPDX-License-Identifier: Apache-2.0
package dev.memtune.analyzer;

import dev.memtune.core.price.Cost;
import dev.memtune.core.price.GbSeconds;
import dev.memtune.core.price.Price;
import dev.memtune.core.run.Arm;
import dev.memtune.core.run.Run;
import dev.memtune.core.sample.Sample;
import dev.memtune.core.search.ArmObservations;
import dev.memtune.core.search.Goal;
import dev.memtune.core.search.Move;
import dev.memtune.core.search.Planners;
import dev.memtune.core.search.Standing;
import dev.memtune.core.wire.ConfidenceNote;
import dev.memtune.core.wire.CostReport;
import dev.memtune.core.wire.ExecutionSpend;
import dev.memtune.core.wire.GoalNote;
import dev.memtune.core.wire.MoneySaving;
import dev.memtune.core.wire.ResultNotes;
import dev.memtune.core.wire.Saving;
import dev.memtune.core.wire.SizeMeasures;
import dev.memtune.core.wire.SizeOption;
import dev.memtune.core.wire.SizeStat;
import dev.memtune.core.wire.Spend;
import dev.memtune.core.wire.TuningCost;
import dev.memtune.core.wire.TuningInput;
import dev.memtune.core.wire.TuningResult;
import dev.memtune.core.wire.Verdict;
import dev.memtune.core.wire.Visualization;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Puts the result together. */
final class ResultBuilder {
    private final Evidence evidence;
    private final Goal goal;
    private final Price price;
    private final Costs costs;

    ResultBuilder(Evidence evidence, Goal goal, Price price, Costs costs) {
        this.evidence = evidence;
        this.goal = goal;
        this.price = price;
        this.costs = costs;
    }

    /** The result of a decision. */
    TuningResult build(Move.Decide decision, int rounds, TuningCost tuningCost) {
        Run run = evidence.run();
        SizeTable table = new SizeTable(evidence, decision, goal, price, costs);
        List<SizeOption> options = table.rows();
        int best = decision.best().map(Standing::memoryMB).orElseThrow();
        SizeMeasures measures = measures(options, best);
        if (measures == null) {
            throw new IllegalStateException("the best size, " + best + " MB, was not measured");
        }
        List<SizeStat> stats = stats(options);
        SizeStat chosen =
                stats.stream().filter(stat -> stat.value() == best).findFirst().orElseThrow();
        Bill bill = bill();
        Spend spend = bill.spend(evidence.samples().size());
        String currency = bill.cost.currency().getCurrencyCode();
        List<Integer> front = ParetoFront.of(options);
        Saving saving = saving(best);
        return new TuningResult(
                best,
                chosen.averagePrice(),
                chosen.averageDuration(),
                new ExecutionSpend(
                        tuningCost.transitions(),
                        price.compute(bill.used).amount().doubleValue(),
                        Visualization.link(stats, currency)),
                stats,
                run.runId(),
                run.function(),
                goalNote(run.input()),
                options,
                front,
                evidence.infeasibleSizes(),
                confidence(decision, measures, saving, spend),
                saving,
                spend,
                PriceNotes.of(price),
                costReport(table.measured(), best, tuningCost),
                null,
                Map.of(),
                ResultNotes.of(run, best),
                run.startedAt(),
                null,
                new Notes(evidence, options, price, costs.basis().coldStartShare()).of(decision, rounds, front));
    }

    private List<SizeStat> stats(List<SizeOption> options) {
        boolean isLeader = LeaderFigures.areWanted(evidence.run().input());
        LeaderFigures leader = new LeaderFigures(evidence, price);
        List<SizeStat> stats = new ArrayList<>();
        for (SizeOption option : options) {
            SizeMeasures measures = option.measures();
            if (measures != null && option.verdict() != Verdict.INFEASIBLE) {
                stats.add(
                        isLeader
                                ? leader.of(option.memoryMB())
                                : new SizeStat(
                                        option.memoryMB(), measures.costPerInvocation(), measures.durationMeanMs()));
            }
        }
        return stats;
    }

    private static @Nullable SizeMeasures measures(List<SizeOption> options, int memoryMB) {
        for (SizeOption option : options) {
            if (option.memoryMB() == memoryMB && option.verdict() != Verdict.INFEASIBLE) {
                return option.measures();
            }
        }
        return null;
    }

    private GoalNote goalNote(TuningInput input) {
        return new GoalNote(
                input.strategy(),
                input.balancedWeight(),
                input.policy().wireName(),
                Planners.mostPerSize(input),
                goal.tolerance(),
                input.seed(),
                input.limits());
    }

    private ConfidenceNote confidence(Move.Decide decision, SizeMeasures best, @Nullable Saving saving, Spend spend) {
        TuningInput input = evidence.run().input();
        Statement statement = new Statement(decision, goal, input, best, Words.money(price, spend.cost()));
        int measured = decision.standings().stream()
                .mapToInt(standing -> evidence.observations(new Arm(standing.armId(), standing.memoryMB(), null, null))
                        .measurements()
                        .size())
                .sum();
        return new ConfidenceNote(decision.separated(), goal.confidence(), statement.text(saving, measured));
    }

    private @Nullable Saving saving(int bestMB) {
        Optional<ArmObservations> best = evidence.ofSize(bestMB);
        Optional<ArmObservations> present =
                evidence.ofSize(evidence.run().before().memoryMB());
        return best.isPresent() && present.isPresent()
                ? new SavingEstimate(evidence.strata(), goal.confidence()).of(best.get(), present.get())
                : null;
    }

    private CostReport costReport(List<Costs.Measured> sizes, int bestMB, TuningCost tuningCost) {
        Optional<Costs.Measured> best = ofSize(sizes, bestMB);
        Optional<Costs.Measured> present = ofSize(sizes, evidence.run().before().memoryMB());
        MoneySaving saving = best.isEmpty() || present.isEmpty()
                ? null
                : costs.saving(best.orElseThrow(), present.orElseThrow(), goal.confidence());
        return new CostReport(costs.basis(), sizes.stream().map(costs::sizeCost).toList(), saving, tuningCost);
    }

    private static Optional<Costs.Measured> ofSize(List<Costs.Measured> sizes, int memoryMB) {
        return sizes.stream().filter(size -> size.memoryMB() == memoryMB).findFirst();
    }

    private Bill bill() {
        Map<String, Integer> sizes = evidence.arms().stream().collect(Collectors.toMap(Arm::id, Arm::memoryMB));
        GbSeconds used = GbSeconds.of(0, 1);
        int billed = 0;
        for (Sample sample : evidence.samples()) {
            Long billedMs = sample.billedMs();
            if (billedMs != null) {
                Integer memoryMB = sample.memoryMB();
                used = used.plus(
                        GbSeconds.of(billedMs, memoryMB == null ? sizes.getOrDefault(sample.armId(), 0) : memoryMB));
                billed++;
            }
        }
        return new Bill(used, billed, price.compute(used).plus(price.requests(billed)));
    }

    private record Bill(GbSeconds used, int billed, Cost cost) {
        Spend spend(int invocationCount) {
            return new Spend(
                    invocationCount,
                    invocationCount - billed,
                    used.value().doubleValue(),
                    cost.amount().doubleValue());
        }
    }
}
