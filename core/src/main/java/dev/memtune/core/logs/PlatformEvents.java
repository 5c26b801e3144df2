// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.logs;

import org.jspecify.annotations.Nullable;

/** Takes what the platform's own lines say, in the order of the log. */
interface PlatformEvents {

    /** An invocation began. */
    void started(String requestId);

    /** An invocation's function is done; its report follows. */
    void ended(String requestId, LogFormat format);

    /** A line that reads as a complete report. */
    void reported(InvocationReport report);

    /** A line that should have been a report; the id is null where it could not be read. */
    void flawed(@Nullable String requestId, MissingReason reason, String detail);

    /** A report of an init or a restore. */
    void phase(PhaseReport report);

    /** A line that tells of an invocation's failure. */
    void failed(String requestId, FailureSign sign);
}
