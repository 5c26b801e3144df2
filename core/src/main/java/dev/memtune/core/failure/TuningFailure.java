// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.failure;

/** A run ended without a result, for a reason that is not a defect of Memtune. */
public abstract sealed class TuningFailure extends RuntimeException
        permits BadInput, Busy, Cancelled, Conflicted, Full, NotTunable, ProcessorFailed, Queued, Rejected, Undecided {
    private static final long serialVersionUID = 1L;

    TuningFailure(String message) {
        super(message);
    }

    /** The name under which an execution fails: the simple class name. */
    public final String error() {
        return getClass().getSimpleName();
    }
}
