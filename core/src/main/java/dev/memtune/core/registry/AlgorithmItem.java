// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.registry;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one algorithm. Immutable: every change makes the next state, with the next revision, to be written on the
 * condition that the registry still has this one.
 *
 * @param name the function's name, and the item's key
 * @param upload the upload that the status speaks of
 * @param attempt which attempt at this upload, from 1
 * @param status how far it has come
 * @param problems everything that is wrong with it, a line each; empty unless rejected or failed
 * @param content what the upload holds; null if it was rejected before that was known
 * @param tuning what the last tuning said, of whichever upload; null before the first
 * @param history what happened, oldest first, the last {@link #HISTORY_MAX} changes
 * @param revision counts the writes, from 1
 */
public record AlgorithmItem(
        String name,
        Upload upload,
        int attempt,
        AlgorithmStatus status,
        List<String> problems,
        @Nullable UploadContent content,
        @Nullable TuningSummary tuning,
        List<StatusChange> history,
        long revision) {
    /** The changes that are remembered: an item has to stay small. */
    public static final int HISTORY_MAX = 100;

    /** Checks that counts are positive, and copies the lists. */
    public AlgorithmItem {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(upload, "upload");
        Objects.requireNonNull(status, "status");
        problems = List.copyOf(problems);
        history = List.copyOf(history);
        if (attempt < 1 || revision < 1) {
            throw new IllegalArgumentException(
                    "attempt and revision must be 1 or more, got: " + attempt + " and " + revision);
        }
    }

    /**
     * What the upload holds.
     *
     * @throws IllegalStateException if it was refused when it arrived
     */
    public UploadContent deployable() {
        if (content == null) {
            throw new IllegalStateException(name + " is " + status + " and has no content to deploy or to tune");
        }
        return content;
    }

    /** The first state of an algorithm that nobody has uploaded before. */
    public static AlgorithmItem first(String name, Upload upload, Arrival arrival, Instant at) {
        return begun(name, upload, 1, arrival, null, List.of(), 1, at);
    }

    /**
     * The state with a later upload.
     *
     * @throws IllegalArgumentException if the upload is not later than the present one
     */
    public AlgorithmItem uploaded(Upload later, Arrival arrival, Instant at) {
        if (!later.isNewerThan(upload)) {
            throw new IllegalArgumentException(
                    "upload " + later.versionId() + " of " + name + " is not later than " + upload.versionId());
        }
        return begun(name, later, 1, arrival, tuning, history, revision + 1, at);
    }

    /**
     * The state with another attempt at the same upload.
     *
     * @throws IllegalStateException if the present attempt goes on, or if the upload itself was refused
     */
    public AlgorithmItem retried(Instant at) {
        if (!status.isFinal() || content == null) {
            throw new IllegalStateException(name + " is " + status + "; "
                    + (content == null
                            ? "upload a package without the problems it names"
                            : "its present attempt has not ended"));
        }
        return begun(name, upload, attempt + 1, new Arrival.Checked(content), tuning, history, revision + 1, at);
    }

    /**
     * The state after a step forward.
     *
     * @param note one line, may be empty
     * @throws IllegalStateException if the present status does not lead there
     */
    public AlgorithmItem moved(AlgorithmStatus next, String note, Instant at) {
        return moved(next, note, List.of(), tuning, at);
    }

    /** The state after an end that the algorithm or its surroundings caused, with everything that is wrong. */
    public AlgorithmItem refused(AlgorithmStatus end, List<String> everything, Instant at) {
        String note = everything.isEmpty() ? "" : everything.get(0);
        return moved(end, note, everything, tuning, at);
    }

    /** The state after a tuning has ended. */
    public AlgorithmItem tuned(AlgorithmStatus end, TuningSummary summary, Instant at) {
        boolean isGood = end == AlgorithmStatus.PROMOTED || end == AlgorithmStatus.KEPT;
        List<String> lines =
                summary.sentence().lines().filter(line -> !line.isBlank()).toList();
        return moved(end, lines.isEmpty() ? "" : lines.get(0), isGood ? List.of() : lines, summary, at);
    }

    /**
     * The state after somebody went back on a promotion. The status stays: nothing was uploaded or tuned.
     *
     * @param version the version that the alias points to now
     * @param previous the version that it left, kept for the way back
     * @param note one line
     */
    public AlgorithmItem rolledBack(String version, String previous, String note, Instant at) {
        StatusChange change = new StatusChange(at, status, upload.versionId(), attempt, note);
        TuningSummary now = tuning == null ? null : tuning.serving(version, previous);
        return new AlgorithmItem(
                name, upload, attempt, status, problems, content, now, remembered(change), revision + 1);
    }

    private AlgorithmItem moved(
            AlgorithmStatus next, String note, List<String> wrong, @Nullable TuningSummary summary, Instant at) {
        if (!status.leadsTo(next)) {
            throw new IllegalStateException(name + " is " + status + ", which does not lead to " + next);
        }
        StatusChange change = new StatusChange(at, next, upload.versionId(), attempt, note);
        return new AlgorithmItem(
                name, upload, attempt, next, wrong, content, summary, remembered(change), revision + 1);
    }

    private static AlgorithmItem begun(
            String name,
            Upload upload,
            int attempt,
            Arrival arrival,
            @Nullable TuningSummary tuning,
            List<StatusChange> history,
            long revision,
            Instant at) {
        AlgorithmItem base = new AlgorithmItem(
                name, upload, attempt, AlgorithmStatus.UPLOADED, List.of(), null, tuning, history, revision);
        return switch (arrival) {
            case Arrival.Checked checked -> base.with(AlgorithmStatus.UPLOADED, List.of(), checked.content(), "", at);
            case Arrival.Refused refused ->
                base.with(
                        AlgorithmStatus.REJECTED,
                        refused.problems(),
                        null,
                        refused.problems().get(0),
                        at);
        };
    }

    private AlgorithmItem with(
            AlgorithmStatus begin, List<String> wrong, @Nullable UploadContent found, String note, Instant at) {
        StatusChange change = new StatusChange(at, begin, upload.versionId(), attempt, note);
        return new AlgorithmItem(name, upload, attempt, begin, wrong, found, tuning, remembered(change), revision);
    }

    private List<StatusChange> remembered(StatusChange change) {
        List<StatusChange> all = new ArrayList<>(history);
        all.add(change);
        return all.subList(Math.max(0, all.size() - HISTORY_MAX), all.size());
    }
}
