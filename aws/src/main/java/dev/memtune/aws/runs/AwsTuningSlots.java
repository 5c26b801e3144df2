// SPDX-License-Identifier: Apache-2.0
package dev.memtune.aws.runs;

import static dev.memtune.aws.runs.RunTable.number;
import static dev.memtune.aws.runs.RunTable.text;

import dev.memtune.core.port.TuningSlots;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Slots in the run store's table, an item each. Whoever takes one writes it on the condition that it is free.
 *
 * <pre>
 * #slots   slot#0003   holder, untilSeconds (since 1970)
 * </pre>
 *
 * <p>Any trouble with the table is a {@link java.io.UncheckedIOException}.
 */
public final class AwsTuningSlots implements TuningSlots, AutoCloseable {
    private static final String SLOTS = "#slots";
    private static final String HOLDER = "holder";
    private static final String UNTIL = "untilSeconds";
    private static final String IS_OURS = HOLDER + " = :holder";
    private static final String IS_FREE =
            "attribute_not_exists(" + HOLDER + ") OR " + IS_OURS + " OR " + UNTIL + " <= :now";

    private final RunTable table;
    private final int most;
    private final InstantSource clock;

    private AwsTuningSlots(RunTable table, int most, InstantSource clock) {
        this.table = table;
        this.most = most;
        this.clock = clock;
    }

    /**
     * Slots in this table; no connection is made yet.
     *
     * @param most how many there are, at least 1
     */
    public static AwsTuningSlots of(RunStoreSettings settings, int most) {
        if (most < 1) {
            throw new IllegalArgumentException("the number of slots must be at least 1, got: " + most);
        }
        return new AwsTuningSlots(settings.open(), most, settings.clock());
    }

    @Override
    public boolean enter(String runId, Instant until) {
        Map<String, Map<String, AttributeValue>> taken = taken();
        for (Map.Entry<String, Map<String, AttributeValue>> slot : taken.entrySet()) {
            if (isHeldBy(slot.getValue(), runId) && take(slot.getKey(), runId, until)) {
                return true;
            }
        }
        // Those who come at the same time begin at different slots.
        int first = Math.floorMod(runId.hashCode(), most);
        for (int i = 0; i < most; i++) {
            String slot = "slot#%04d".formatted((first + i) % most);
            if (isFree(taken.get(slot)) && take(slot, runId, until)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void leave(String runId) {
        taken().forEach((slot, item) -> {
            if (isHeldBy(item, runId)) {
                table.deleteIf(SLOTS, slot, IS_OURS, Map.of(":holder", text(runId)));
            }
        });
    }

    private Map<String, Map<String, AttributeValue>> taken() {
        Map<String, Map<String, AttributeValue>> taken = new HashMap<>();
        for (Map<String, AttributeValue> item : table.query(SLOTS, "slot#")) {
            taken.put(Objects.requireNonNull(item.get(RunTable.ITEM)).s(), item);
        }
        return taken;
    }

    private boolean take(String slot, String runId, Instant until) {
        return table.putLastingIf(
                SLOTS,
                slot,
                Map.of(HOLDER, text(runId), UNTIL, number(until.getEpochSecond())),
                IS_FREE,
                Map.of(":holder", text(runId), ":now", number(clock.instant().getEpochSecond())));
    }

    private boolean isFree(@Nullable Map<String, AttributeValue> slot) {
        return slot == null || RunTable.value(slot, UNTIL) <= clock.instant().getEpochSecond();
    }

    private static boolean isHeldBy(Map<String, AttributeValue> slot, String runId) {
        return text(runId).equals(slot.get(HOLDER));
    }

    @Override
    public void close() {
        table.close();
    }
}
