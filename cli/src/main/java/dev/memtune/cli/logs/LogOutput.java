// SPDX-License-Identifier: Apache-2.0
package dev.memtune.cli.logs;

import dev.memtune.core.logs.InvocationReport;
import dev.memtune.core.logs.LogSummary;

/** How the answer is written: for people, or for programs. */
interface LogOutput {

    /** Writes the report of one invocation. */
    void report(InvocationReport report);

    /**
     * Writes what all of them come to.
     *
     * @param summary of the whole log
     */
    void end(LogSummary summary);
}
