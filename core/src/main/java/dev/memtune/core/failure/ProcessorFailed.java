// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.failure;

/** A pre- or post-processor failed: what is measured would not be what was asked for. */
public final class ProcessorFailed extends TuningFailure {
    private static final long serialVersionUID = 1L;

    /** @param message which one, at which invocation, and what it said */
    public ProcessorFailed(String message) {
        super(message);
    }
}
