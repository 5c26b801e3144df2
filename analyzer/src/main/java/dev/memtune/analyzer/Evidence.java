// SPDX-License-Identifier: Apache-2.0
package dev.memtune.analyzer;

import dev.memtune.core.port.RunStore;
import dev.memtune.core.run.Arm;
import dev.memtune.core.run.Infeasible;
import dev.memtune.core.run.Ledger;
import dev.memtune.core.run.LedgerEntry;
import dev.memtune.core.run.Run;
import dev.memtune.core.sample.Sample;
import dev.memtune.core.search.ArmObservations;
import dev.memtune.core.search.Measurement;
import dev.memtune.core.search.Observations;
import dev.memtune.core.search.Planners;
import dev.memtune.core.search.Strata;
import dev.memtune.core.wire.Allocation;
import dev.memtune.core.wire.Plan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Everything the run store knows of a run's arms.
 *
 * @param run the run's record
 * @param arms every arm that was asked for, published, measured or found infeasible, by size
 * @param samples every sample
 * @param infeasible every size that cannot work
 */
record Evidence(Run run, List<Arm> arms, List<Sample> samples, List<Infeasible> infeasible) {
    private static final Comparator<Arm> BY_SIZE =
            Comparator.comparingInt(Arm::memoryMB).thenComparing(Arm::id);

    static Evidence read(RunStore store, String runId, Plan plan) {
        Run run = store.find(runId)
                .orElseThrow(() -> new IllegalStateException("run " + runId + " is not in the run store"));
        List<Infeasible> infeasible = store.infeasible(runId);
        Map<String, Arm> arms = new TreeMap<>();
        run.input().powerValues().stream().map(Arm::ofSize).forEach(arm -> arms.put(arm.id(), arm));
        infeasible.forEach(one -> arms.put(one.armId(), new Arm(one.armId(), one.memoryMB(), null, null)));
        published(new Ledger(store.ledger(runId))).forEach(arm -> arms.put(arm.id(), arm));
        plan.allocations().stream()
                .map(Allocation::arm)
                .filter(arm -> arm.isPublished() || !arms.containsKey(arm.id()))
                .forEach(arm -> arms.put(arm.id(), arm));
        return new Evidence(run, arms.values().stream().sorted(BY_SIZE).toList(), store.samples(runId), infeasible);
    }

    /** A round's plan names only its own arms; the ledger knows those of earlier rounds. */
    private static List<Arm> published(Ledger ledger) {
        List<Arm> arms = new ArrayList<>();
        for (LedgerEntry entry : ledger.entries()) {
            String armId = entry.armId();
            Integer memoryMB = entry.memoryMB();
            String version = entry.version();
            if (entry.kind() == LedgerEntry.Kind.PUBLISHED && armId != null && memoryMB != null && version != null) {
                String alias = ledger.aliasCreated(armId)
                        .map(LedgerEntry::alias)
                        .filter(Objects::nonNull)
                        .orElse(null);
                arms.add(new Arm(armId, memoryMB, version, alias));
            }
        }
        return arms;
    }

    /** The arms that can be invoked, by id. */
    Map<String, Arm> publishedArms() {
        return arms.stream().filter(Arm::isPublished).collect(Collectors.toMap(Arm::id, arm -> arm));
    }

    List<Sample> samplesOf(Arm arm) {
        return samples.stream()
                .filter(sample -> sample.armId().equals(arm.id()))
                .toList();
    }

    /** What the planner may look at. */
    Observations observations(int round) {
        return new Observations(
                Plan.MAX_ROUNDS - round, arms.stream().map(this::observations).toList());
    }

    /** The payloads' shares over all arms. */
    Strata strata() {
        return Strata.of(arms.stream()
                .map(this::observations)
                .filter(ArmObservations::isRankable)
                .toList());
    }

    /** The arm of a size, or empty if that was never thought of. */
    Optional<ArmObservations> ofSize(int memoryMB) {
        return arms.stream()
                .filter(arm -> arm.memoryMB() == memoryMB)
                .map(this::observations)
                .filter(ArmObservations::isRankable)
                .findFirst();
    }

    ArmObservations observations(Arm arm) {
        List<Sample> own = samplesOf(arm);
        boolean isFeasible = infeasible.stream().noneMatch(one -> one.armId().equals(arm.id()));
        return new ArmObservations(
                arm.id(), arm.memoryMB(), own.size(), isFeasible, measurements(own), otherBilledMs(own));
    }

    /** Of what was bought and counts for nothing; where no report says it, the most it can be. */
    private double otherBilledMs(List<Sample> samples) {
        double sum = 0;
        for (Sample sample : samples) {
            if (sample.outcome() != Sample.Outcome.MEASURED) {
                Long billedMs = sample.billedMs();
                sum += billedMs == null ? Planners.mostBilledMs(run) : billedMs;
            }
        }
        return sum;
    }

    private List<Measurement> measurements(List<Sample> own) {
        List<String> payloads =
                samples.stream().map(Sample::payloadName).distinct().sorted().toList();
        List<Measurement> measurements = new ArrayList<>();
        for (Sample sample : own) {
            Long billedMs = sample.billedMs();
            Double durationMs = sample.durationMs();
            if (sample.outcome() == Sample.Outcome.MEASURED && billedMs != null && durationMs != null) {
                measurements.add(new Measurement(
                        billedMs, durationMs, sample.isCold(), sample.round(), payloads.indexOf(sample.payloadName())));
            }
        }
        return measurements;
    }
}
