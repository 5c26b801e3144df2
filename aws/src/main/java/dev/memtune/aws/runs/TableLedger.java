// SPDX-License-Identifier: Apache-2.0
package dev.memtune.aws.runs;

import static dev.memtune.aws.runs.RunTable.number;
import static dev.memtune.aws.runs.RunTable.text;
import static dev.memtune.aws.runs.RunTable.value;

import dev.memtune.core.run.LedgerEntry;
import dev.memtune.core.run.StaleToken;
import dev.memtune.core.wire.Json;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.Update;

/**
 * The ledgers: an entry is written only if, in the same transaction, the token is the present one and the entry the next
 * one. So no entry of an earlier holder can follow a raised token.
 */
final class TableLedger {
    /** The attribute of a run's record that counts its entries. */
    static final String LENGTH = "ledgerLength";

    private static final String RUN = "run";
    private static final String TOKEN = "holderToken";
    private static final String UNFINISHED = "#unfinished";
    private static final String JSON = "json";
    /** Tells our entry from another's when nobody knows whether a write took effect. */
    private static final String WRITER = "writer";
    /** Each failure means that another entry was written, and one holder writes one after the other. */
    private static final int ATTEMPTS = 100;

    private final RunTable table;
    private final RandomGenerator random;
    /** How long the ledgers were when last looked at. */
    private final Map<String, Long> lengths = new ConcurrentHashMap<>();

    TableLedger(RunTable table, RandomGenerator random) {
        this.table = table;
        this.random = random;
    }

    /** Part of {@link RunTable#writeAll}: the run is not cleaned. */
    static TransactWriteItem unfinished(RunTable table, String runId) {
        return table.lastingItem(UNFINISHED, unfinishedItem(runId));
    }

    /** The ids of runs whose ledger does not end cleaned. */
    static List<String> unfinished(RunTable table) {
        String prefix = unfinishedItem("");
        return table.query(UNFINISHED, prefix).stream()
                .map(item -> Objects.requireNonNull(item.get(RunTable.ITEM)).s().substring(prefix.length()))
                .toList();
    }

    /** What a new run's record says for us. */
    static Map<String, AttributeValue> begun() {
        return Map.of(TOKEN, number(1), LENGTH, number(0));
    }

    long token(String runId) {
        return table.get(runId, RUN).map(run -> value(run, TOKEN)).orElse(0L);
    }

    /** Raises the token and returns it; 0 if there is no such run. */
    long raiseToken(String runId) {
        return table.increment(runId, RUN, TOKEN).orElse(0L);
    }

    List<LedgerEntry> entries(String runId) {
        return table.query(runId, "ledger#").stream()
                .map(item -> Json.read(Objects.requireNonNull(item.get(JSON)).s(), LedgerEntry.class))
                .toList();
    }

    /** @throws StaleToken if the token is not the present one, or if the run is unknown */
    void append(String runId, long token, LedgerEntry entry) {
        String writer = Long.toHexString(random.nextLong());
        Long lastKnown = lengths.get(runId);
        long length = lastKnown == null ? checkedLength(runId, token) : lastKnown;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            if (write(runId, token, entry, length + 1, writer) || isWritten(runId, length + 1, writer)) {
                lengths.put(runId, length + 1);
                return;
            }
            length = checkedLength(runId, token);
        }
        throw new IllegalStateException("run " + runId + ": " + ATTEMPTS + " ledger entries of others came first");
    }

    private boolean write(String runId, long token, LedgerEntry entry, long number, String writer) {
        Update.Builder next = Update.builder()
                .updateExpression("SET " + LENGTH + " = :next")
                .conditionExpression(TOKEN + " = :token AND " + LENGTH + " = :length")
                .expressionAttributeValues(
                        Map.of(":next", number(number), ":token", number(token), ":length", number(number - 1)));
        boolean isCleaned = entry.kind() == LedgerEntry.Kind.CLEANED;
        Map<String, AttributeValue> item = Map.of(JSON, text(Json.write(entry)), WRITER, text(writer));
        return table.writeAll(
                runId,
                List.of(
                        table.changedItem(next, runId, RUN),
                        table.newItem(runId, entryItem(number), item),
                        isCleaned
                                ? table.noItem(UNFINISHED, unfinishedItem(runId))
                                : table.lastingItem(UNFINISHED, unfinishedItem(runId))));
    }

    private boolean isWritten(String runId, long number, String writer) {
        return table.get(runId, entryItem(number))
                .filter(item ->
                        writer.equals(Objects.requireNonNull(item.get(WRITER)).s()))
                .isPresent();
    }

    private long checkedLength(String runId, long token) {
        Map<String, AttributeValue> run = table.get(runId, RUN)
                .orElseThrow(() ->
                        new StaleToken("run " + runId + " must exist, got token " + token + " for an unknown one"));
        long present = value(run, TOKEN);
        if (present != token) {
            throw new StaleToken(
                    "run " + runId + ": token must be the present one, got: " + token + ", present: " + present);
        }
        return value(run, LENGTH);
    }

    private static String entryItem(long number) {
        return "ledger#%010d".formatted(number);
    }

    private static String unfinishedItem(String runId) {
        return "run#" + runId;
    }
}
