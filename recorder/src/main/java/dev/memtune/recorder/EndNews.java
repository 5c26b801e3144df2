// SPDX-License-Identifier: Apache-2.0
package dev.memtune.recorder;

import dev.memtune.core.port.EndAnnouncer;
import dev.memtune.core.registry.AlgorithmStatus;
import dev.memtune.core.registry.TuningStatus;
import dev.memtune.core.registry.TuningSummary;
import dev.memtune.core.run.Outcome;
import dev.memtune.core.wire.EndNotice;
import dev.memtune.core.wire.Promotion;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Where the news of an end goes: to the algorithm's item, without fail, and to whoever listens, as far as they can be reached.
 *
 * @param status writes on the item
 * @param announcers tell others
 * @param log takes a line for each of them that fails
 */
public record EndNews(TuningStatus status, List<EndAnnouncer> announcers, Consumer<String> log) {
    /** Checks that nothing is null, and copies the list. */
    public EndNews {
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(log, "log");
        announcers = List.copyOf(announcers);
    }

    /** Writes the end on the item of the algorithm that the execution tunes, if there is one. */
    void note(EndNotice notice) {
        status.ended(status(notice.outcome()), summary(notice));
    }

    /** Tells whoever listens; a run has ended whether they hear of it or not. */
    void announce(EndNotice notice) {
        for (EndAnnouncer announcer : announcers) {
            try {
                announcer.announce(notice);
            } catch (RuntimeException e) {
                log.accept("the end of run " + notice.runId() + " was not announced: " + e);
            }
        }
    }

    private static AlgorithmStatus status(Outcome outcome) {
        return switch (outcome) {
            case PROMOTED -> AlgorithmStatus.PROMOTED;
            case KEPT -> AlgorithmStatus.KEPT;
            case REJECTED -> AlgorithmStatus.REJECTED;
            case UNEXPECTED, BAD_INPUT, UNDECIDED, BUSY, FAILED, DIRTY, INTERRUPTED -> AlgorithmStatus.FAILED;
        };
    }

    private static TuningSummary summary(EndNotice notice) {
        Promotion moved = notice.moved();
        return new TuningSummary(
                notice.executionId(),
                notice.runId(),
                notice.memoryMB(),
                notice.sentence(),
                notice.saving(),
                notice.confidence(),
                notice.report(),
                moved == null ? null : moved.toVersion(),
                moved == null ? null : moved.fromVersion());
    }
}
