// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.port;

import dev.memtune.core.run.Infeasible;
import dev.memtune.core.run.LedgerEntry;
import dev.memtune.core.run.Rollback;
import dev.memtune.core.run.Run;
import dev.memtune.core.run.StaleToken;
import dev.memtune.core.sample.Sample;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A {@link RunStore} that forgets everything at the end of the test. Every method holds one lock. */
public final class InMemoryRunStore implements RunStore {
    private final Map<String, Kept> runs = new LinkedHashMap<>();
    private final Map<List<String>, Rollback> rollbacks = new HashMap<>();

    @Override
    public synchronized void create(Run run) {
        Kept present = runs.putIfAbsent(run.runId(), new Kept(run));
        if (present != null && !present.run.executionId().equals(run.executionId())) {
            throw new IllegalStateException("runId must be unique, got: " + run.runId() + " of " + run.executionId()
                    + ", taken by " + present.run.executionId());
        }
    }

    @Override
    public synchronized void revise(Run run) {
        known(run.runId()).run = run;
    }

    @Override
    public synchronized Optional<Run> find(String runId) {
        return Optional.ofNullable(runs.get(runId)).map(kept -> kept.run);
    }

    @Override
    public synchronized long token(String runId) {
        Kept kept = runs.get(runId);
        return kept == null ? 0 : kept.token;
    }

    @Override
    public synchronized long raiseToken(String runId) {
        Kept kept = known(runId);
        kept.token++;
        return kept.token;
    }

    @Override
    public synchronized void append(String runId, long token, LedgerEntry entry) {
        Kept kept = runs.get(runId);
        if (kept == null || kept.token != token) {
            throw new StaleToken(
                    "run " + runId + ": token must be the present one, got: " + token + ", present: " + token(runId));
        }
        kept.ledger.add(entry);
    }

    @Override
    public synchronized List<LedgerEntry> ledger(String runId) {
        Kept kept = runs.get(runId);
        return kept == null ? List.of() : List.copyOf(kept.ledger);
    }

    @Override
    public synchronized void putSamples(String runId, List<Sample> samples) {
        Kept kept = known(runId);
        for (Sample sample : samples) {
            kept.samples.put(new SampleKey(sample.armId(), sample.index()), sample);
        }
    }

    @Override
    public synchronized List<Sample> samples(String runId) {
        Kept kept = runs.get(runId);
        return kept == null
                ? List.of()
                : kept.samples.values().stream()
                        .sorted(Comparator.comparing(Sample::armId).thenComparingInt(Sample::index))
                        .toList();
    }

    @Override
    public synchronized void putInfeasible(String runId, Infeasible infeasible) {
        known(runId).infeasible.putIfAbsent(infeasible.armId(), infeasible);
    }

    @Override
    public synchronized List<Infeasible> infeasible(String runId) {
        Kept kept = runs.get(runId);
        return kept == null
                ? List.of()
                : kept.infeasible.values().stream()
                        .sorted(Comparator.comparingInt(Infeasible::memoryMB).thenComparing(Infeasible::armId))
                        .toList();
    }

    @Override
    public synchronized void requestCancel(String runId) {
        known(runId).cancelRequested = true;
    }

    @Override
    public synchronized boolean isCancelRequested(String runId) {
        Kept kept = runs.get(runId);
        return kept != null && kept.cancelRequested;
    }

    @Override
    public synchronized void putDocument(String runId, String name, String json) {
        known(runId).documents.put(name, json);
    }

    @Override
    public synchronized Optional<String> document(String runId, String name) {
        Kept kept = runs.get(runId);
        return kept == null ? Optional.empty() : Optional.ofNullable(kept.documents.get(name));
    }

    @Override
    public synchronized void putRollback(Rollback rollback) {
        rollbacks.put(List.of(rollback.functionArn(), rollback.target()), rollback);
    }

    @Override
    public synchronized Optional<Rollback> rollback(String functionArn, String target) {
        return Optional.ofNullable(rollbacks.get(List.of(functionArn, target)));
    }

    @Override
    public synchronized List<Run> unfinished() {
        return runs.values().stream()
                .filter(kept -> kept.lastKind() != LedgerEntry.Kind.CLEANED)
                .map(kept -> kept.run)
                .toList();
    }

    private Kept known(String runId) {
        Kept kept = runs.get(runId);
        if (kept == null) {
            throw new IllegalArgumentException("runId must be that of a created run, got: " + runId);
        }
        return kept;
    }

    private record SampleKey(String armId, int index) {}

    private static final class Kept {
        private Run run;
        private final List<LedgerEntry> ledger = new ArrayList<>();
        private final Map<SampleKey, Sample> samples = new HashMap<>();
        private final Map<String, Infeasible> infeasible = new HashMap<>();
        private final Map<String, String> documents = new HashMap<>();
        private long token = 1;
        private boolean cancelRequested;

        Kept(Run run) {
            this.run = run;
        }

        LedgerEntry.@Nullable Kind lastKind() {
            return ledger.isEmpty() ? null : ledger.getLast().kind();
        }
    }
}
