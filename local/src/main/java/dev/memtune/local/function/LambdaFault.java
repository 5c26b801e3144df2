// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.function;

import java.util.Objects;
import java.util.Optional;

/**
 * An error as AWS Lambda answers it. Every code is one that Lambda's service model knows.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/api/CommonErrors.html">Lambda's errors</a>
 */
public final class LambdaFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The errors in use, with their HTTP status and the name of the member that carries the message. */
    public enum Kind {
        INVALID_PARAMETER_VALUE("InvalidParameterValueException", 400, "message"),
        INVALID_REQUEST_CONTENT("InvalidRequestContentException", 400, "message"),
        INVALID_ZIP_FILE("InvalidZipFileException", 502, "Message"),
        CODE_STORAGE_EXCEEDED("CodeStorageExceededException", 400, "message"),
        /** The caller may not do this: one of the errors common to all of AWS's services. */
        ACCESS_DENIED("AccessDeniedException", 403, "Message"),
        RESOURCE_NOT_FOUND("ResourceNotFoundException", 404, "Message"),
        /** A version or alias without provisioned concurrency. */
        NOT_PROVISIONED("ProvisionedConcurrencyConfigNotFoundException", 404, "message"),
        RESOURCE_CONFLICT("ResourceConflictException", 409, "message"),
        /** A version whose snapshot is not made yet. */
        SNAP_START_NOT_READY("SnapStartNotReadyException", 409, "Message"),
        PRECONDITION_FAILED("PreconditionFailedException", 412, "message"),
        REQUEST_TOO_LARGE("RequestTooLargeException", 413, "message"),
        UNSUPPORTED_MEDIA_TYPE("UnsupportedMediaTypeException", 415, "message"),
        TOO_MANY_REQUESTS("TooManyRequestsException", 429, "message"),
        SERVICE("ServiceException", 500, "Message"),
        /** The function's runtime cannot be run. */
        INVALID_RUNTIME("InvalidRuntimeException", 502, "Message"),
        /** A call of Lambda's that this service does not have: no status that clients retry. */
        NOT_SUPPORTED("ServiceException", 501, "Message");

        private final String code;
        private final int status;
        private final String messageMember;

        Kind(String code, int status, String messageMember) {
            this.code = code;
            this.status = status;
            this.messageMember = messageMember;
        }

        /** The error code, as in {@code x-amzn-ErrorType}. */
        public String code() {
            return code;
        }

        /** The HTTP status. */
        public int status() {
            return status;
        }

        /** The JSON member for the message: Lambda's model spells it differently per error. */
        public String messageMember() {
            return messageMember;
        }
    }

    private final Kind kind;

    @SuppressWarnings("serial") // never serialised
    private final Optional<String> reason;

    private LambdaFault(Kind kind, String message, Optional<String> reason) {
        super(message);
        this.kind = Objects.requireNonNull(kind, "kind");
        this.reason = reason;
    }

    /** An error of a kind. */
    public static LambdaFault of(Kind kind, String message) {
        return new LambdaFault(kind, message, Optional.empty());
    }

    /** 400: a parameter is wrong. */
    public static LambdaFault invalid(String message) {
        return of(Kind.INVALID_PARAMETER_VALUE, message);
    }

    /** 409: the resource is not in a state for this. */
    public static LambdaFault conflict(String message) {
        return of(Kind.RESOURCE_CONFLICT, message);
    }

    /** 404: there is no such function, version or alias. */
    public static LambdaFault notFound(String message) {
        return of(Kind.RESOURCE_NOT_FOUND, message);
    }

    /** 429 with one of Lambda's throttle reasons. */
    public static LambdaFault throttled(String throttleReason) {
        return throttled(throttleReason, "Rate Exceeded.");
    }

    /** 429 with one of Lambda's throttle reasons and a message of its own. */
    public static LambdaFault throttled(String throttleReason, String message) {
        return new LambdaFault(Kind.TOO_MANY_REQUESTS, message, Optional.of(throttleReason));
    }

    /** What kind of error this is. */
    public Kind kind() {
        return kind;
    }

    /** The reason of a throttle. */
    public Optional<String> reason() {
        return reason;
    }

    /** The message, which is never null. */
    public String text() {
        return Objects.requireNonNullElse(getMessage(), kind.code());
    }
}
