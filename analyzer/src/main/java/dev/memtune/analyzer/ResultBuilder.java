// SPDX-License-Identifier: Apache-2.0
package dev.memtune.analyzer;

import dev.memtune.core.price.Cost;
import dev.memtune.core.price.GbSeconds;
import dev.memtune.core.price.Price;
import dev.memtune.core.run.Arm;
import dev.memtune.core.run.Run;
import dev.memtune.core.sample.Sample;
import dev.memtune.core.search.Goal;
import dev.memtune.core.search.Move;
import dev.memtune.core.search.Planners;
import dev.memtune.core.search.Standing;
import dev.memtune.core.wire.ConfidenceNote;
import dev.memtune.core.wire.ExecutionSpend;
import dev.memtune.core.wire.GoalNote;
import dev.memtune.core.wire.PriceNote;
import dev.memtune.core.wire.Saving;
import dev.memtune.core.wire.SizeMeasures;
import dev.memtune.core.wire.SizeOption;
import dev.memtune.core.wire.SizeStat;
import dev.memtune.core.wire.Spend;
import dev.memtune.core.wire.TuningInput;
import dev.memtune.core.wire.TuningResult;
import dev.memtune.core.wire.Verdict;
import dev.memtune.core.wire.Visualization;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Puts the result together. */
final class ResultBuilder {
    private static final long MILLION = 1_000_000;

    private final Evidence evidence;
    private final Goal goal;
    private final Price price;

    ResultBuilder(Evidence evidence, Goal goal, Price price) {
        this.evidence = evidence;
        this.goal = goal;
        this.price = price;
    }

    /** The result of a decision; the execution cost is that of the state machine's transitions. */
    TuningResult build(Move.Decide decision, double executionCost) {
        Run run = evidence.run();
        List<SizeOption> options = new SizeTable(evidence, decision, goal, price).rows();
        int best = decision.best().map(Standing::memoryMB).orElseThrow();
        SizeMeasures measures = measures(options, best);
        if (measures == null) {
            throw new IllegalStateException("the best size, " + best + " MB, was not measured");
        }
        List<SizeStat> stats = stats(options);
        SizeStat chosen =
                stats.stream().filter(stat -> stat.value() == best).findFirst().orElseThrow();
        Bill bill = bill();
        String link = Visualization.link(stats, bill.cost.currency().getCurrencyCode());
        return new TuningResult(
                best,
                chosen.averagePrice(),
                chosen.averageDuration(),
                new ExecutionSpend(
                        executionCost, price.compute(bill.used).amount().doubleValue(), link),
                stats,
                run.runId(),
                run.function(),
                goalNote(run.input()),
                options,
                ParetoFront.of(options),
                evidence.infeasibleSizes(),
                confidence(decision),
                saving(options, measures),
                bill.spend(evidence.samples().size()),
                priceNote(),
                null,
                Map.of(),
                run.startedAt(),
                null);
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
                input.seed());
    }

    private ConfidenceNote confidence(Move.Decide decision) {
        int measured = decision.standings().stream()
                .mapToInt(standing -> evidence.observations(new Arm(standing.armId(), standing.memoryMB(), null, null))
                        .measurements()
                        .size())
                .sum();
        return new ConfidenceNote(decision.separated(), goal.confidence(), Words.confidence(decision, goal, measured));
    }

    private @Nullable Saving saving(List<SizeOption> options, SizeMeasures best) {
        int presentMB = evidence.run().before().memoryMB();
        SizeMeasures present = measures(options, presentMB);
        if (present == null) {
            return null;
        }
        return new Saving(
                presentMB,
                percentLess(best.costPerInvocation(), present.costPerInvocation()),
                percentLess(best.durationMeanMs(), present.durationMeanMs()));
    }

    private static double percentLess(double now, double before) {
        return before == 0 ? 0 : 100 * (before - now) / before;
    }

    private PriceNote priceNote() {
        return new PriceNote(
                price.region(),
                price.architecture().wireName(),
                price.request().currency().getCurrencyCode(),
                price.perGbSecond().amount().doubleValue(),
                price.requests(MILLION).amount().doubleValue(),
                price.perGbSecond().source().location(),
                price.perGbSecond().source().date().toString(),
                price.perGbSecond().estimated() || price.request().estimated());
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
