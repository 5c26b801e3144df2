// SPDX-License-Identifier: Apache-2.0
package dev.memtune.cli.watch;

import dev.memtune.cli.Terminal;
import dev.memtune.core.port.Sleeper;
import dev.memtune.core.registry.AlgorithmItem;
import dev.memtune.core.registry.AlgorithmStatus;
import dev.memtune.core.run.Outcome;
import dev.memtune.local.store.FileRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Follows one upload to its end. */
final class Following {
    /** After that, nobody seems to be watching. */
    private static final Duration TAKEN_IN = Duration.ofSeconds(15);
    /** A tuning takes six hours at most, and others may come first. */
    private static final Duration ENDED = Duration.ofHours(24);

    private static final Duration PAUSE = Duration.ofMillis(200);

    private final WatchedFolder folder;
    private final FileRegistry registry;
    private final Terminal terminal;
    private final InstantSource clock;
    private final Sleeper sleeper;

    Following(WatchedFolder folder, Terminal terminal, InstantSource clock, Sleeper sleeper) {
        this.folder = folder;
        this.registry = new FileRegistry(folder.registry());
        this.terminal = terminal;
        this.clock = clock;
        this.sleeper = sleeper;
    }

    /** How an algorithm with this status counts. */
    static Outcome outcome(AlgorithmStatus status) {
        return switch (status) {
            case PROMOTED -> Outcome.PROMOTED;
            case KEPT -> Outcome.KEPT;
            case REJECTED -> Outcome.REJECTED;
            case UPLOADED, READY, TUNING, FAILED -> Outcome.FAILED;
        };
    }

    /** Says every status that the upload comes to. */
    Outcome follow(DroppedZip zip) throws InterruptedException {
        Instant begin = clock.instant();
        long told = 0;
        while (clock.instant().isBefore(begin.plus(ENDED))) {
            AlgorithmItem item = find(zip).orElse(null);
            if (item == null && !clock.instant().isBefore(begin.plus(TAKEN_IN))) {
                terminal.err()
                        .println("memtune: " + zip.name() + ".zip is in " + folder.drop()
                                + ", and nobody has taken it in; run: memtune watch " + folder.drop());
                return Outcome.FAILED;
            }
            if (item != null && item.revision() > told) {
                told = item.revision();
                tell(item);
            }
            if (item != null && item.status().isFinal()) {
                return outcome(item.status());
            }
            sleeper.sleep(PAUSE);
        }
        terminal.err().println("memtune: " + zip.name() + " has not come to an end; see: memtune status " + zip.name());
        return Outcome.FAILED;
    }

    private Optional<AlgorithmItem> find(DroppedZip zip) {
        return registry.find(zip.name()).filter(item -> zip.is(item.upload()));
    }

    private void tell(AlgorithmItem item) {
        if (item.status().isFinal()) {
            StatusText.details(item).forEach(terminal.out()::println);
        } else {
            terminal.err().println(item.name() + ": " + item.status());
        }
    }
}
