// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.process;

import java.util.Objects;

/** An invocation did not run at all: nothing of it was seen by a function. The message says what to do. */
public final class NotRun extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /** Why it did not run. */
    public enum Reason {
        /** This machine cannot run the function's runtime. */
        RUNTIME,
        /** Too many invocations wait already; later it may run. */
        BUSY,
        /** The host is being closed, or the machine refused to start a process. */
        HOST
    }

    /** A refusal with its reason and a message for the caller. */
    public NotRun(Reason reason, String message) {
        super(message);
        this.reason = Objects.requireNonNull(reason, "reason");
    }

    /** A refusal that has a cause. */
    public NotRun(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = Objects.requireNonNull(reason, "reason");
    }

    /** Why it did not run. */
    public Reason reason() {
        return reason;
    }

    /** The message, which is never null. */
    public String text() {
        return Objects.requireNonNullElse(getMessage(), reason.name());
    }
}
