// SPDX-License-Identifier: Apache-2.0
package dev.memtune.cli.watch;

import dev.memtune.cli.Terminal;
import dev.memtune.core.port.Sleeper;
import dev.memtune.core.registry.AlgorithmItem;
import dev.memtune.core.registry.AlgorithmStatus;
import dev.memtune.core.registry.Registry;
import dev.memtune.core.run.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Follows one upload to its end. */
final class Following {
    /** A tuning takes six hours at most, and others may come first. */
    private static final Duration ENDED = Duration.ofHours(24);

    private final Registry registry;
    private final Terminal terminal;
    private final InstantSource clock;
    private final Sleeper sleeper;

    Following(Registry registry, Terminal terminal, InstantSource clock, Sleeper sleeper) {
        this.registry = registry;
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
    Outcome follow(Awaited upload) throws InterruptedException {
        Instant begin = clock.instant();
        long told = 0;
        while (clock.instant().isBefore(begin.plus(ENDED))) {
            AlgorithmItem item = find(upload);
            if (item == null && told > 0) {
                return failed(upload.name() + ": a later upload has taken its place; see: " + upload.status());
            }
            if (item == null && !clock.instant().isBefore(begin.plus(upload.takenIn()))) {
                return failed(upload.ifNot());
            }
            if (item != null && item.revision() > told) {
                told = item.revision();
                tell(item);
            }
            if (item != null && item.status().isFinal()) {
                return outcome(item.status());
            }
            sleeper.sleep(upload.pause());
        }
        return failed(upload.name() + " has not come to an end; see: " + upload.status());
    }

    private @Nullable AlgorithmItem find(Awaited upload) {
        return registry.find(upload.name())
                .filter(item -> upload.is().test(item.upload()))
                .orElse(null);
    }

    private Outcome failed(String why) {
        terminal.err().println("memtune: " + why);
        return Outcome.FAILED;
    }

    private void tell(AlgorithmItem item) {
        if (item.status().isFinal()) {
            StatusText.details(item).forEach(terminal.out()::println);
        } else {
            terminal.err().println(item.name() + ": " + item.status());
        }
    }
}
