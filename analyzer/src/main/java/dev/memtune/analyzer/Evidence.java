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
import dev.memtune.core.search.HistoryRoom;
import dev.memtune.core.search.Measurement;
import dev.memtune.core.search.Observations;
import dev.memtune.core.search.Planners;
import dev.memtune.core.search.Strata;
import dev.memtune.core.wire.Allocation;
import dev.memtune.core.wire.FoundSamples;
import dev.memtune.core.wire.Json;
import dev.memtune.core.wire.Plan;
import dev.memtune.core.wire.SearchPolicy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Everything the run store knows of a run's arms.
 *
 * @param run the run's record
 * @param arms every arm that was asked for, published, measured or found infeasible, by size; in a run of cold starts there
 *     are several of a size, which are compared as one
 * @param samples every sample
 * @param infeasible every size that cannot work
 * @param found what the function's own logs had
 * @param payloads the names of the payloads that were sent
 */
record Evidence(
        Run run,
        List<Arm> arms,
        List<Sample> samples,
        List<Infeasible> infeasible,
        FoundSamples found,
        List<String> payloads) {
    private static final int MOST_ACCIDENTS = 2;
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
        FoundSamples found = store.document(runId, FoundSamples.DOCUMENT)
                .map(json -> Json.read(json, FoundSamples.class))
                .orElse(FoundSamples.NONE);
        List<Sample> samples = store.samples(runId);
        return new Evidence(
                run,
                arms.values().stream().sorted(BY_SIZE).toList(),
                samples,
                infeasible,
                found,
                samples.stream().map(Sample::payloadName).distinct().sorted().toList());
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

    /** The arms that can be invoked, by id; those that are compared as one also by what they are compared as. */
    Map<String, Arm> publishedArms() {
        Map<String, Arm> published = new HashMap<>();
        for (Arm arm : arms) {
            if (arm.isPublished()) {
                published.put(arm.id(), arm);
                published.putIfAbsent(Arm.comparedAs(arm.id()), arm);
            }
        }
        return Map.copyOf(published);
    }

    /** What is compared: every arm, those that are compared as one by their common id. */
    List<Arm> compared() {
        Map<String, Arm> compared = new LinkedHashMap<>();
        for (Arm arm : arms) {
            String id = Arm.comparedAs(arm.id());
            compared.putIfAbsent(id, new Arm(id, arm.memoryMB(), null, null));
        }
        return List.copyOf(compared.values());
    }

    /** The samples of an arm, or of all that are compared as it. */
    List<Sample> samplesOf(Arm arm) {
        return samples.stream()
                .filter(sample -> Arm.comparedAs(sample.armId()).equals(arm.id()))
                .toList();
    }

    /** Why an arm cannot work; of arms that are compared as one there may be several words. */
    List<Infeasible> infeasibleOf(Arm arm) {
        return infeasible.stream()
                .filter(one -> Arm.comparedAs(one.armId()).equals(arm.id()))
                .toList();
    }

    /** Why each size cannot work that cannot, one word each. */
    List<Infeasible> infeasibleSizes() {
        return compared().stream()
                .filter(arm -> !isFeasible(arm))
                .map(arm -> infeasibleOf(arm).getFirst())
                .toList();
    }

    /** What the planner may look at. */
    Observations observations(int round) {
        List<Arm> compared = compared();
        return new Observations(
                HistoryRoom.roundsLeft(run, round, samples, compared.size()),
                compared.stream().map(this::observations).toList());
    }

    /** The payloads' shares over all arms. */
    Strata strata() {
        return Strata.of(compared().stream()
                .map(this::observations)
                .filter(ArmObservations::isRankable)
                .toList());
    }

    /** The arm of a size, or empty if that was never thought of. */
    Optional<ArmObservations> ofSize(int memoryMB) {
        return compared().stream()
                .filter(arm -> arm.memoryMB() == memoryMB)
                .map(this::observations)
                .filter(ArmObservations::isRankable)
                .findFirst();
    }

    ArmObservations observations(Arm arm) {
        List<Sample> own = samplesOf(arm);
        return new ArmObservations(
                arm.id(),
                arm.memoryMB(),
                Math.max(own.size(), startCount(arm)),
                isFeasible(arm),
                withFound(arm, measurements(own)),
                otherBilledMs(own));
    }

    /** Of what was bought and counts for nothing; where no report says it, the most it can be. */
    private double otherBilledMs(List<Sample> own) {
        double sum = 0;
        for (Sample sample : own) {
            if (!isMeasurement(sample)) {
                Long billedMs = sample.billedMs();
                sum += billedMs == null ? Planners.mostBilledMs(run) : billedMs;
            }
        }
        return sum;
    }

    private List<Measurement> withFound(Arm arm, List<Measurement> own) {
        List<Measurement> all = new ArrayList<>(own);
        all.addAll(logEvidence(arm, own).usable());
        return all;
    }

    private LogEvidence logEvidence(Arm arm, List<Measurement> own) {
        List<Sample> ofArm = found.samples().stream()
                .filter(sample -> sample.armId().equals(arm.id()))
                .toList();
        return LogEvidence.of(measurements(ofArm), own, payloads.size());
    }

    /** Why invocations in the logs that were to count do not; empty if they do, or nobody asked. */
    String doubtAboutLogs() {
        for (Arm arm : compared()) {
            String doubt = logEvidence(arm, measurements(samplesOf(arm))).doubt();
            if (!doubt.isEmpty()) {
                return "of " + arm.memoryMB() + " MB: " + doubt;
            }
        }
        return found.trouble();
    }

    /** Arms are bought as their invocations are; one that was never invoked is not bought again. */
    private int startCount(Arm arm) {
        return (int) arms.stream()
                .filter(one ->
                        !one.id().equals(arm.id()) && Arm.comparedAs(one.id()).equals(arm.id()))
                .count();
    }

    /** One failure of an arm that is invoked once may be an accident; refusal and want of memory are none. */
    private boolean isFeasible(Arm arm) {
        List<Infeasible> found = infeasibleOf(arm);
        boolean isCertain = found.stream()
                .anyMatch(one -> one.armId().equals(arm.id())
                        || one.reason() == Infeasible.Reason.REFUSED
                        || one.reason() == Infeasible.Reason.OUT_OF_MEMORY);
        return !isCertain && found.size() < MOST_ACCIDENTS;
    }

    private boolean isMeasurement(Sample sample) {
        boolean isWanted = sample.isCold() || !run.input().procedure().onlyColdStarts();
        return sample.outcome() == Sample.Outcome.MEASURED && isWanted;
    }

    private List<Measurement> measurements(List<Sample> own) {
        boolean onlyCold = run.input().procedure().onlyColdStarts();
        boolean withStart = onlyCold || run.input().policy() == SearchPolicy.LEADER;
        List<Measurement> measurements = new ArrayList<>();
        for (Sample sample : own) {
            Long billedMs = sample.billedMs();
            Double durationMs = withStart ? sample.durationWithStartMs() : sample.durationMs();
            if (isMeasurement(sample) && billedMs != null && durationMs != null) {
                // What the logs had counts only where there is one payload, and then as that.
                int payload = Math.max(0, payloads.indexOf(sample.payloadName()));
                measurements.add(new Measurement(
                        billedMs, durationMs, sample.isCold(), sample.round(), payload, sample.index()));
            }
        }
        return measurements;
    }
}
