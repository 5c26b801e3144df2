// SPDX-License-Identifier: Apache-2.0
package dev.memtune.analyzer;

import dev.memtune.core.price.GbSeconds;
import dev.memtune.core.price.Price;
import dev.memtune.core.search.Diagnosis;
import dev.memtune.core.search.Finding;
import dev.memtune.core.search.Move;
import dev.memtune.core.search.Remark;
import dev.memtune.core.wire.SearchNote;
import dev.memtune.core.wire.SearchNote.Advice;
import dev.memtune.core.wire.SearchNote.ExhaustiveNote;
import dev.memtune.core.wire.SearchNote.FasterStep;
import dev.memtune.core.wire.SizeMeasures;
import dev.memtune.core.wire.SizeOption;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Says how an answer was found, and what to know before acting upon it. */
final class Notes {
    /** What users of exhaustive tools commonly ask for at each size. */
    private static final int USUAL_NUM = 50;
    /** The flag of logs that were to count and do not. */
    private static final String LOGS_NOT_USED = "LOGS_NOT_USED";

    private final Evidence evidence;
    private final List<SizeOption> options;
    private final Price price;
    private final double coldShare;

    /** @param coldShare the part of production's invocations that start cold; null where unknown */
    Notes(Evidence evidence, List<SizeOption> options, Price price, @Nullable Double coldShare) {
        this.evidence = evidence;
        this.options = options;
        this.price = price;
        this.coldShare = coldShare == null ? 0 : coldShare;
    }

    SearchNote of(Move.Decide decision, int rounds, List<Integer> paretoFront) {
        TreeSet<Integer> named = new TreeSet<>(evidence.run().input().powerValues());
        return new SearchNote(
                rounds,
                measured().stream().filter(size -> !named.contains(size)).toList(),
                named.stream().filter(this::isSkipped).toList(),
                flags(decision),
                Diagnosis.of(evidence.observations(rounds), coldShare).stream()
                        .map(Notes::advice)
                        .toList(),
                fasterSteps(paretoFront),
                evidence.run().input().policy().isSearch() ? exhaustive(named) : null);
    }

    private List<Advice> flags(Move.Decide decision) {
        List<Advice> flags = new ArrayList<>();
        decision.remarks().forEach(remark -> flags.add(advice(remark)));
        String doubt = evidence.doubtAboutLogs();
        if (!doubt.isEmpty()) {
            flags.add(new Advice(LOGS_NOT_USED, doubt, "the answer rests on this run's own invocations"));
        }
        return flags;
    }

    private static Advice advice(Remark remark) {
        return new Advice(remark.flag().name(), remark.evidence(), remark.flag().advice());
    }

    private static Advice advice(Finding finding) {
        return new Advice(
                finding.kind().name(), finding.evidence(), finding.kind().meaning());
    }

    private List<Integer> measured() {
        return options.stream()
                .filter(option -> option.measures() != null)
                .map(SizeOption::memoryMB)
                .toList();
    }

    private boolean isSkipped(int memoryMB) {
        return options.stream()
                .noneMatch(option -> option.memoryMB() == memoryMB
                        && (option.measures() != null || option.samples().total() > 0));
    }

    private List<FasterStep> fasterSteps(List<Integer> paretoFront) {
        List<SizeOption> choices = options.stream()
                .filter(option -> paretoFront.contains(option.memoryMB()))
                .sorted(Comparator.comparingDouble(option -> -meanMs(option)))
                .toList();
        List<FasterStep> steps = new ArrayList<>();
        for (int i = 1; i < choices.size(); i++) {
            SizeOption from = choices.get(i - 1);
            SizeOption to = choices.get(i);
            double savedMs = meanMs(from) - meanMs(to);
            double added = costPerMillion(to) - costPerMillion(from);
            if (savedMs > 0) {
                steps.add(new FasterStep(from.memoryMB(), to.memoryMB(), savedMs, added, added / savedMs));
            }
        }
        return steps;
    }

    private static double meanMs(SizeOption option) {
        SizeMeasures measures = option.measures();
        return measures == null ? 0 : measures.durationMeanMs();
    }

    private static double costPerMillion(SizeOption option) {
        SizeMeasures measures = option.measures();
        return measures == null ? 0 : measures.costPerMillion();
    }

    private @Nullable ExhaustiveNote exhaustive(SortedSet<Integer> named) {
        if (measured().isEmpty()) {
            return null;
        }
        GbSeconds used = GbSeconds.of(0, 1);
        for (int size : named) {
            used = used.plus(new GbSeconds(BigDecimal.valueOf(leastMegabyteMs(size))
                    .multiply(GbSeconds.of(1, 1).value())));
        }
        used = used.times(BigDecimal.valueOf(USUAL_NUM));
        int invocations = named.size() * USUAL_NUM;
        double cost =
                price.compute(used).plus(price.requests(invocations)).amount().doubleValue();
        return new ExhaustiveNote(USUAL_NUM, invocations, used.value().doubleValue(), cost);
    }

    /** Of one invocation; where the size was not measured, what the measured ones say it needs at least. */
    private double leastMegabyteMs(int memoryMB) {
        double least = 0;
        for (SizeOption option : options) {
            SizeMeasures measures = option.measures();
            if (measures != null && option.memoryMB() == memoryMB) {
                return measures.billedMeanMs() * memoryMB;
            }
            if (measures != null) {
                // Twice the memory at best halves the time, and half of it does not shorten it.
                int held = Math.min(option.memoryMB(), memoryMB);
                least = Math.max(least, isNeighbour(option, memoryMB) ? measures.billedMeanMs() * held : 0);
            }
        }
        return least;
    }

    private boolean isNeighbour(SizeOption option, int memoryMB) {
        List<Integer> measured = measured();
        TreeSet<Integer> sizes = new TreeSet<>(measured);
        Integer below = sizes.lower(memoryMB);
        Integer above = sizes.higher(memoryMB);
        return (below != null && below == option.memoryMB()) || (above != null && above == option.memoryMB());
    }
}
