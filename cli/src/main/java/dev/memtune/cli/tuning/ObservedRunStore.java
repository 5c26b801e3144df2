// SPDX-License-Identifier: Apache-2.0
package dev.memtune.cli.tuning;

import dev.memtune.core.port.RunStore;
import dev.memtune.core.run.Infeasible;
import dev.memtune.core.run.LedgerEntry;
import dev.memtune.core.run.Rollback;
import dev.memtune.core.run.Run;
import dev.memtune.core.sample.Sample;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;

/** A run store that tells how many samples arrive, for the progress line. */
final class ObservedRunStore implements RunStore {
    private final RunStore store;
    private final IntConsumer samplesArrived;

    ObservedRunStore(RunStore store, IntConsumer samplesArrived) {
        this.store = store;
        this.samplesArrived = samplesArrived;
    }

    @Override
    public void putSamples(String runId, List<Sample> samples) {
        store.putSamples(runId, samples);
        samplesArrived.accept(samples.size());
    }

    @Override
    public void create(Run run) {
        store.create(run);
    }

    @Override
    public void revise(Run run) {
        store.revise(run);
    }

    @Override
    public Optional<Run> find(String runId) {
        return store.find(runId);
    }

    @Override
    public long token(String runId) {
        return store.token(runId);
    }

    @Override
    public long raiseToken(String runId) {
        return store.raiseToken(runId);
    }

    @Override
    public void append(String runId, long token, LedgerEntry entry) {
        store.append(runId, token, entry);
    }

    @Override
    public List<LedgerEntry> ledger(String runId) {
        return store.ledger(runId);
    }

    @Override
    public List<Sample> samples(String runId) {
        return store.samples(runId);
    }

    @Override
    public void putInfeasible(String runId, Infeasible infeasible) {
        store.putInfeasible(runId, infeasible);
    }

    @Override
    public List<Infeasible> infeasible(String runId) {
        return store.infeasible(runId);
    }

    @Override
    public void requestCancel(String runId) {
        store.requestCancel(runId);
    }

    @Override
    public boolean isCancelRequested(String runId) {
        return store.isCancelRequested(runId);
    }

    @Override
    public void putDocument(String runId, String name, String json) {
        store.putDocument(runId, name, json);
    }

    @Override
    public Optional<String> document(String runId, String name) {
        return store.document(runId, name);
    }

    @Override
    public void putRollback(Rollback rollback) {
        store.putRollback(rollback);
    }

    @Override
    public Optional<Rollback> rollback(String functionArn, String target) {
        return store.rollback(functionArn, target);
    }

    @Override
    public List<Run> unfinished() {
        return store.unfinished();
    }
}
