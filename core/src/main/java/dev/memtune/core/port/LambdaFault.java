// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.port;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A call to the Lambda API did not succeed. The alternatives are what a caller can do about it.
 *
 * <p>Error codes: <a href="https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html#API_Invoke_Errors">Invoke</a> and
 * the other actions' pages.
 */
public abstract sealed class LambdaFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private LambdaFault(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** No such function, version or alias (404 with AWS's code for that; any other 404 is {@link Unsupported}). */
    public static final class NotFound extends LambdaFault {
        private static final long serialVersionUID = 1L;

        /** @param message AWS's message */
        public NotFound(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /** An update is under way, the name is taken, or an alias refers to the version (409). Not done. */
    public static final class Conflict extends LambdaFault {
        private static final long serialVersionUID = 1L;

        /** @param message AWS's message */
        public Conflict(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /** The RevisionId is not the present one (412): somebody changed the thing since we read it. Not done. */
    public static final class PreconditionFailed extends LambdaFault {
        private static final long serialVersionUID = 1L;

        /** @param message AWS's message */
        public PreconditionFailed(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /** Too many requests (429). Not done; wait and try again. */
    public static final class Throttled extends LambdaFault {
        private static final long serialVersionUID = 1L;

        private final String reason;
        private final transient @Nullable Duration retryAfter;

        /**
         * @param reason AWS's reason, such as {@code ReservedFunctionConcurrentInvocationLimitExceeded}
         * @param retryAfter the Retry-After header, null if there was none
         */
        public Throttled(String message, String reason, @Nullable Duration retryAfter, @Nullable Throwable cause) {
            super(message, cause);
            this.reason = reason;
            this.retryAfter = retryAfter;
        }

        /** AWS's reason; empty if it gave none. */
        public String reason() {
            return reason;
        }

        /** How long AWS asks to wait. */
        public Optional<Duration> retryAfter() {
            return Optional.ofNullable(retryAfter);
        }
    }

    /** The caller may not do this (403). Not done. */
    public static final class Denied extends LambdaFault {
        private static final long serialVersionUID = 1L;

        /** @param message AWS's message; names the action and the resource */
        public Denied(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /**
     * AWS refuses the request itself (400, 413, …), a quota included, or what the function is configured with cannot be used
     * (a key, a subnet, a file system; mostly 502). Not done; it will not help to try again.
     */
    public static final class Refused extends LambdaFault {
        private static final long serialVersionUID = 1L;

        private final String code;

        /** @param code AWS's error code, such as {@code InvalidParameterValueException} */
        public Refused(String message, String code, @Nullable Throwable cause) {
            super(message, cause);
            this.code = code;
        }

        /** AWS's error code. */
        public String code() {
            return code;
        }
    }

    /** The version is not ready to run (SnapStart restoring, network interfaces under way). Not done; wait and try again. */
    public static final class NotReady extends LambdaFault {
        private static final long serialVersionUID = 1L;

        /** @param message AWS's message */
        public NotReady(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /** A 5xx answer, a lost connection or a time-out: the call may or may not have taken effect. */
    public static final class OutcomeUnknown extends LambdaFault {
        private static final long serialVersionUID = 1L;

        /** @param message what was seen */
        public OutcomeUnknown(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /** The endpoint does not know this call, or leaves out what must be told (an emulator's gap). */
    public static final class Unsupported extends LambdaFault {
        private static final long serialVersionUID = 1L;

        /** @param message which call */
        public Unsupported(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }
}
