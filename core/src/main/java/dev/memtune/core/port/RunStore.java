// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.port;

import dev.memtune.core.run.Infeasible;
import dev.memtune.core.run.LedgerEntry;
import dev.memtune.core.run.Rollback;
import dev.memtune.core.run.Run;
import dev.memtune.core.run.StaleToken;
import dev.memtune.core.sample.Sample;
import java.util.List;
import java.util.Optional;

/**
 * The memory of runs: what was asked, what was changed, what was measured, how it ended. Crash-safe: what a method has
 * written is there after a crash, whole or not at all. Safe for use by many threads and processes.
 *
 * <p><b>Token.</b> A run starts with token 1. {@link #raiseToken} makes every later write with a lower token fail with
 * {@link StaleToken}, so that a stopped run that is still awake cannot begin another change.
 *
 * <p><b>Unknown runs.</b> Reading one finds nothing. {@link #append} under any token is a {@link StaleToken}, since nobody
 * holds it; every other write is an {@link IllegalArgumentException}. The writes complete on an interrupted thread too, and
 * leave it interrupted: what cleans up after a stop is run on such threads.
 */
public interface RunStore {

    /**
     * Writes a new run with token 1. Does nothing if the same run is there already: a repeated step is harmless.
     *
     * @throws IllegalStateException if a run of another execution has this id; nothing is written
     */
    void create(Run run);

    /**
     * Replaces the record of a run that holds nothing, because it has waited and the function may be another by now. Its token,
     * its ledger and its documents stay.
     *
     * @throws IllegalArgumentException if the run is unknown
     */
    void revise(Run run);

    /** The run, or empty if it never got as far as its record. */
    Optional<Run> find(String runId);

    /** The present token; 0 for an unknown run. */
    long token(String runId);

    /**
     * Raises the token by one and returns it. No two calls return the same token.
     *
     * @throws IllegalArgumentException if the run is unknown
     */
    long raiseToken(String runId);

    /**
     * Appends to the ledger.
     *
     * @throws StaleToken if the token is not the present one, be it lower or higher, or if the run is unknown
     */
    void append(String runId, long token, LedgerEntry entry);

    /** The ledger in order; empty for an unknown run. */
    List<LedgerEntry> ledger(String runId);

    /**
     * Adds samples, all or none of them. One of the same arm and index replaces the earlier one: a repeated batch counts once.
     *
     * @throws IllegalArgumentException if the run is unknown
     */
    void putSamples(String runId, List<Sample> samples);

    /** Every sample, ordered by arm id and then by index; empty for an unknown run. */
    List<Sample> samples(String runId);

    /**
     * Notes that a size cannot work; the first note for an arm stays.
     *
     * @throws IllegalArgumentException if the run is unknown
     */
    void putInfeasible(String runId, Infeasible infeasible);

    /** Every note of {@link #putInfeasible}, ordered by memory size and then by arm id; empty for an unknown run. */
    List<Infeasible> infeasible(String runId);

    /**
     * Asks the run to stop buying invocations; checked between batches.
     *
     * @throws IllegalArgumentException if the run is unknown
     */
    void requestCancel(String runId);

    /** Whether {@link #requestCancel} was called; false for an unknown run. */
    boolean isCancelRequested(String runId);

    /**
     * Keeps a named document of the run as JSON, such as the result; replaces an earlier one.
     *
     * @throws IllegalArgumentException if the run is unknown
     */
    void putDocument(String runId, String name, String json);

    /** The document, or empty if there is none of this name or the run is unknown. */
    Optional<String> document(String runId, String name);

    /** Keeps where a target was before it was moved, beside the runs: it does not expire. Replaces that target's earlier one. */
    void putRollback(Rollback rollback);

    /**
     * What {@link #putRollback} kept.
     *
     * @param functionArn as in {@link Rollback#functionArn}
     * @param target as in {@link Rollback#target}
     */
    Optional<Rollback> rollback(String functionArn, String target);

    /** Runs whose ledger does not end with {@link LedgerEntry.Kind#CLEANED}: what a sweep looks at. */
    List<Run> unfinished();
}
