// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.logs;

import org.jspecify.annotations.Nullable;

/** What a line beside the report tells of an invocation's end: the way of reports that state no status themselves. */
enum FailureSign {
    /** {@code <request id> Task timed out after 3.00 seconds}. */
    TIMED_OUT(ReportStatus.TIMEOUT, null),
    /** {@code RequestId: … Error: Runtime exited with error: signal: killed}, which is how running out of memory looks. */
    KILLED(ReportStatus.ERROR, "Runtime.ExitError"),
    /** {@code RequestId: … Error: …} or {@code RequestId: … Process exited before completing request}. */
    EXITED(ReportStatus.ERROR, "Runtime.ExitError");

    private final ReportStatus status;
    private final @Nullable String errorType;

    FailureSign(ReportStatus status, @Nullable String errorType) {
        this.status = status;
        this.errorType = errorType;
    }

    ReportStatus status() {
        return status;
    }

    @Nullable
    String errorType() {
        return errorType;
    }
}
