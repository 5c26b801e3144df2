// SPDX-License-Identifier: Apache-2.0
package dev.memtune.cli.watch;

import dev.memtune.cli.Terminal;
import dev.memtune.core.port.Sleeper;
import dev.memtune.core.registry.AlgorithmItem;
import dev.memtune.core.registry.AlgorithmStatus;
import dev.memtune.core.registry.Registry;
import dev.memtune.core.run.Outcome;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Follows one upload to its end. */
final class Following {
    /** A tuning takes six hours at most, and others may come first. */
    private static final Duration ENDED = Duration.ofHours(24);

    /** As many readings in a row may fail of a registry that has answered before. */
    private static final int FAILURES_MAX = 15;

    private final Registry registry;
    private final Terminal terminal;
    private final InstantSource clock;
    private final Sleeper sleeper;
    private int failures;
    private boolean hasAnswered;

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
            Reading reading = read(upload);
            AlgorithmItem item = reading.item();
            if (item == null && told > 0 && reading.isAnswer()) {
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

    /**
     * A look at the registry.
     *
     * @param item null if it has no such upload, or did not answer
     */
    private record Reading(boolean isAnswer, @Nullable AlgorithmItem item) {}

    /** A registry that does not answer for a moment is asked again; the upload goes on meanwhile. */
    private Reading read(Awaited upload) {
        try {
            AlgorithmItem item = registry.find(upload.name())
                    .filter(one -> upload.is().test(one.upload()))
                    .orElse(null);
            hasAnswered = true;
            failures = 0;
            return new Reading(true, item);
        } catch (UncheckedIOException e) {
            failures++;
            if (!hasAnswered || failures > FAILURES_MAX) {
                throw e;
            }
            if (failures == 1) {
                terminal.err().println(upload.name() + ": " + e.getMessage() + "; it is asked again");
            }
            return new Reading(false, null);
        }
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
