// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.port;

import dev.memtune.core.run.Infeasible;
import dev.memtune.core.run.LedgerEntry;
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
 */
public interface RunStore {

    /** Writes a new run with token 1. Does nothing if the same run is there already: a repeated step is harmless. */
    void create(Run run);

    /** The run, or empty if it never got as far as its record. */
    Optional<Run> find(String runId);

    /** The present token; 0 for an unknown run. */
    long token(String runId);

    /** Raises the token by one and returns it. */
    long raiseToken(String runId);

    /** Appends to the ledger. @throws StaleToken if the token is not the present one */
    void append(String runId, long token, LedgerEntry entry);

    /** The ledger in order; empty for an unknown run. */
    List<LedgerEntry> ledger(String runId);

    /** Adds samples. A sample of the same arm and index replaces the earlier one: a repeated batch counts once. */
    void putSamples(String runId, List<Sample> samples);

    /** Every sample, by arm and index. */
    List<Sample> samples(String runId);

    /** Notes that a size cannot work; the first note for an arm stays. */
    void putInfeasible(String runId, Infeasible infeasible);

    /** Every note of {@link #putInfeasible}, by memory size. */
    List<Infeasible> infeasible(String runId);

    /** Asks the run to stop buying invocations; checked between batches. */
    void requestCancel(String runId);

    /** Whether {@link #requestCancel} was called. */
    boolean isCancelRequested(String runId);

    /** Keeps a named document of the run as JSON, such as the result; replaces an earlier one. */
    void putDocument(String runId, String name, String json);

    /** The document, or empty if there is none of this name. */
    Optional<String> document(String runId, String name);

    /** Runs whose ledger does not end with {@link LedgerEntry.Kind#CLEANED}: what a sweep looks at. */
    List<Run> unfinished();
}
