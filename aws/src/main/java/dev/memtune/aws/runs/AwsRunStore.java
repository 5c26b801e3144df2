// SPDX-License-Identifier: Apache-2.0
package dev.memtune.aws.runs;

import static dev.memtune.aws.runs.RunTable.number;
import static dev.memtune.aws.runs.RunTable.text;

import dev.memtune.core.port.RunStore;
import dev.memtune.core.run.Infeasible;
import dev.memtune.core.run.LedgerEntry;
import dev.memtune.core.run.Rollback;
import dev.memtune.core.run.Run;
import dev.memtune.core.sample.Sample;
import dev.memtune.core.wire.Json;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Runs in a DynamoDB table.
 *
 * <pre>
 * runId         itemKey                what
 * &lt;runId&gt;       run                    the record, the token, how many ledger entries there are
 * &lt;runId&gt;       ledger#0000000001      an entry; written in one transaction with the check of the token
 * &lt;runId&gt;       batches                how many batches of samples there are
 * &lt;runId&gt;       samples#0000000001     a batch of samples
 * &lt;runId&gt;       infeasible#&lt;armId&gt;     a note
 * &lt;runId&gt;       document#&lt;name&gt;        a named document
 * &lt;runId&gt;       cancel                 there if a cancel was requested
 * &lt;runId&gt;       part#&lt;digest&gt;#&lt;n&gt;      a part of what is too long for an item
 * #unfinished   run#&lt;runId&gt;            the run's ledger does not end cleaned; never expires
 * #rollbacks    &lt;functionArn&gt;#&lt;alias&gt; where an alias was before it was moved; never expires
 * </pre>
 *
 * <p>Any trouble with the table is a {@link java.io.UncheckedIOException}; its cause is a {@link java.io.FileNotFoundException}
 * where the table is not there.
 */
public final class AwsRunStore implements RunStore, AutoCloseable {
    private static final String RUN = "run";
    private static final String BATCHES = "batches";
    private static final String CANCEL = "cancel";
    private static final String ROLLBACKS = "#rollbacks";
    private static final String COUNT = "batchCount";
    private static final String JSON = "json";

    private final RunTable table;
    private final Blobs blobs;
    private final TableLedger ledger;
    /** Runs known to be there: they are never deleted but by their expiry. */
    private final Set<String> known = ConcurrentHashMap.newKeySet();

    AwsRunStore(RunTable table, TableLedger ledger) {
        this.table = table;
        this.blobs = new Blobs(table);
        this.ledger = ledger;
    }

    /** A store in this table; no connection is made yet. */
    public static AwsRunStore of(RunStoreSettings settings) {
        RunTable table = settings.open();
        return new AwsRunStore(table, new TableLedger(table, settings.random()));
    }

    @Override
    public void create(Run run) {
        Map<String, AttributeValue> record = new LinkedHashMap<>(TableLedger.begun());
        record.put(JSON, text(Json.write(run)));
        boolean created = table.writeAll(
                run.runId(),
                List.of(
                        table.newItem(run.runId(), RUN, record),
                        table.newItem(run.runId(), BATCHES, Map.of(COUNT, number(0))),
                        TableLedger.unfinished(table, run.runId())));
        if (!created) {
            Run present = find(run.runId()).orElse(run);
            if (!present.executionId().equals(run.executionId())) {
                throw new IllegalStateException("runId must be unique, got: " + run.runId() + " of " + run.executionId()
                        + ", taken by " + present.executionId());
            }
        }
    }

    @Override
    public void revise(Run run) {
        if (!table.replace(run.runId(), RUN, JSON, text(Json.write(run)))) {
            throw unknown(run.runId());
        }
    }

    @Override
    public Optional<Run> find(String runId) {
        return table.get(runId, RUN).map(item -> json(item, Run.class));
    }

    @Override
    public long token(String runId) {
        return ledger.token(runId);
    }

    @Override
    public long raiseToken(String runId) {
        long token = ledger.raiseToken(runId);
        if (token == 0) {
            throw unknown(runId);
        }
        return token;
    }

    @Override
    public void append(String runId, long token, LedgerEntry entry) {
        ledger.append(runId, token, entry);
    }

    @Override
    public List<LedgerEntry> ledger(String runId) {
        return ledger.entries(runId);
    }

    @Override
    public void putSamples(String runId, List<Sample> samples) {
        requireKnown(runId);
        if (!samples.isEmpty()) {
            long batch = table.increment(runId, BATCHES, COUNT).orElseThrow(() -> unknown(runId));
            blobs.write(runId, "samples#%010d".formatted(batch), Json.write(samples));
        }
    }

    @Override
    public List<Sample> samples(String runId) {
        Map<SampleKey, Sample> latest = new LinkedHashMap<>();
        for (Map<String, AttributeValue> batch : table.query(runId, "samples#")) {
            String json = blobs.read(runId, batch)
                    .orElseThrow(
                            () -> new IllegalStateException("run " + runId + ": parts of its samples have expired"));
            for (Sample sample : Arrays.asList(Json.read(json, Sample[].class))) {
                latest.put(new SampleKey(sample.armId(), sample.index()), sample);
            }
        }
        return latest.values().stream()
                .sorted(Comparator.comparing(Sample::armId).thenComparingInt(Sample::index))
                .toList();
    }

    private record SampleKey(String armId, int index) {}

    @Override
    public void putInfeasible(String runId, Infeasible infeasible) {
        requireKnown(runId);
        table.putNew(runId, "infeasible#" + infeasible.armId(), Map.of(JSON, text(Json.write(infeasible))));
    }

    @Override
    public List<Infeasible> infeasible(String runId) {
        return table.query(runId, "infeasible#").stream()
                .map(item -> json(item, Infeasible.class))
                .sorted(Comparator.comparingInt(Infeasible::memoryMB).thenComparing(Infeasible::armId))
                .toList();
    }

    @Override
    public void requestCancel(String runId) {
        requireKnown(runId);
        table.put(runId, CANCEL, Map.of());
    }

    @Override
    public boolean isCancelRequested(String runId) {
        return table.get(runId, CANCEL).isPresent();
    }

    @Override
    public void putDocument(String runId, String name, String json) {
        requireKnown(runId);
        blobs.put(runId, "document#" + name, json);
    }

    @Override
    public Optional<String> document(String runId, String name) {
        return blobs.get(runId, "document#" + name);
    }

    @Override
    public void putRollback(Rollback rollback) {
        table.putLasting(
                ROLLBACKS,
                rollbackItem(rollback.functionArn(), rollback.target()),
                Map.of(JSON, text(Json.write(rollback))));
    }

    @Override
    public Optional<Rollback> rollback(String functionArn, String target) {
        return table.get(ROLLBACKS, rollbackItem(functionArn, target)).map(item -> json(item, Rollback.class));
    }

    private static String rollbackItem(String functionArn, String target) {
        return functionArn + "#" + target;
    }

    @Override
    public List<Run> unfinished() {
        return TableLedger.unfinished(table).stream()
                .map(this::find)
                .flatMap(Optional::stream)
                .toList();
    }

    @Override
    public void close() {
        table.close();
    }

    private void requireKnown(String runId) {
        if (!known.contains(runId)) {
            if (find(runId).isEmpty()) {
                throw unknown(runId);
            }
            known.add(runId);
        }
    }

    private static IllegalArgumentException unknown(String runId) {
        return new IllegalArgumentException("runId must be that of a created run, got: " + runId);
    }

    private static <T> T json(Map<String, AttributeValue> item, Class<T> type) {
        return Json.read(Objects.requireNonNull(item.get(JSON), JSON).s(), type);
    }
}
