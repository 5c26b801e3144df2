// SPDX-License-Identifier: Apache-2.0
package dev.memtune.cli.watch;

import dev.memtune.cli.tuning.StepTask;
import dev.memtune.core.registry.ItemChange;
import dev.memtune.local.store.StreamCursor;
import java.io.IOException;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Delivers the stream to the trigger, as an event source mapping does: in order, a record again until it is dealt with, and
 * nothing while there is no room for another execution.
 */
final class TriggerFeed {
    private static final int TRIES_MAX = 10;

    private final StreamCursor cursor;
    private final StepTask trigger;
    private final BooleanSupplier hasRoom;
    private final Consumer<String> words;
    private int tries;

    /** @param words takes a line about a record that is given up */
    TriggerFeed(StreamCursor cursor, StepTask trigger, BooleanSupplier hasRoom, Consumer<String> words) {
        this.cursor = cursor;
        this.trigger = trigger;
        this.hasRoom = hasRoom;
        this.words = words;
    }

    /** Delivers what there is and has room. @return whether anything was dealt with */
    boolean step() throws IOException {
        int before = cursor.position();
        List<ItemChange> next = next();
        while (!next.isEmpty() && deliver(next)) {
            next = next();
        }
        return cursor.position() > before;
    }

    /** Whether everything was delivered. */
    boolean isIdle() {
        return cursor.next(1).isEmpty();
    }

    private List<ItemChange> next() {
        return hasRoom.getAsBoolean() ? cursor.next(1) : List.of();
    }

    private boolean deliver(List<ItemChange> changes) throws IOException {
        int first = cursor.position();
        byte[] answer = trigger.handle(StreamDelivery.event(changes, first));
        boolean isDone = StreamDelivery.done(answer, first, changes.size()) == changes.size();
        tries = isDone ? 0 : tries + 1;
        if (!isDone && tries < TRIES_MAX) {
            return false;
        }
        if (!isDone) {
            words.accept("change " + first + " of the registry was given up after " + TRIES_MAX + " tries");
        }
        tries = 0;
        cursor.advance(changes.size());
        return true;
    }
}
