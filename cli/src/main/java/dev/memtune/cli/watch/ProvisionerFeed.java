// SPDX-License-Identifier: Apache-2.0
package dev.memtune.cli.watch;

import dev.memtune.core.port.LambdaFault;
import dev.memtune.core.registry.ItemChange;
import dev.memtune.local.store.StreamCursor;
import dev.memtune.provisioner.Later;
import dev.memtune.provisioner.Look;
import dev.memtune.provisioner.NotProvisioned;
import dev.memtune.provisioner.Provisioner;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Delivers the stream to the provisioner, and has it look again when it says so. */
final class ProvisionerFeed {
    private static final int BATCH = 100;

    private final StreamCursor cursor;
    private final Provisioner provisioner;
    private final InstantSource clock;
    private final Consumer<String> words;
    private final Map<String, Due> due = new HashMap<>();

    /** @param words takes a line about what no item can tell of */
    ProvisionerFeed(StreamCursor cursor, Provisioner provisioner, InstantSource clock, Consumer<String> words) {
        this.cursor = cursor;
        this.provisioner = provisioner;
        this.clock = clock;
        this.words = words;
    }

    private record Due(Look look, Instant at) {}

    /** Has an algorithm looked at: what was to be looked at again is forgotten with a process. */
    void begin(String name) {
        schedule(new Due(Look.first(name, clock.instant()), clock.instant()));
    }

    /** Delivers what there is, and looks at what is due. @return whether anything was dealt with */
    boolean step() {
        List<ItemChange> changes = cursor.next(BATCH);
        for (ItemChange change : changes) {
            guarded(() -> provisioner.see(change));
            cursor.advance(1);
        }
        Instant now = clock.instant();
        List<Due> overdue =
                due.values().stream().filter(one -> !one.at().isAfter(now)).toList();
        for (Due one : overdue) {
            due.remove(one.look().name());
            guarded(() -> provisioner.look(one.look()));
        }
        return !changes.isEmpty();
    }

    /** Whether everything was delivered and nothing is to be looked at again. */
    boolean isIdle() {
        return due.isEmpty() && cursor.next(1).isEmpty();
    }

    private void guarded(Supplier<Optional<Later>> step) {
        try {
            step.get()
                    .ifPresent(later ->
                            schedule(new Due(later.look(), clock.instant().plus(later.after()))));
        } catch (NotProvisioned | LambdaFault e) {
            words.accept(String.valueOf(e.getMessage()));
        }
    }

    private void schedule(Due next) {
        due.put(next.look().name(), next);
    }
}
