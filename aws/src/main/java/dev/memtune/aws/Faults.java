// SPDX-License-Identifier: Apache-2.0
package dev.memtune.aws;

import dev.memtune.core.port.LambdaFault;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.lambda.model.TooManyRequestsException;

/**
 * The SDK's exceptions as {@link LambdaFault}s, by error code first and by status second.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html#API_Invoke_Errors">Errors of Invoke</a>
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/api/CommonErrors.html">Common errors</a>
 */
final class Faults {
    /** Codes that say: not run, but soon. */
    private static final Set<String> NOT_READY = Set.of(
            "SnapStartNotReadyException",
            "ResourceNotReadyException",
            "CodeArtifactUserPendingException",
            "EC2ThrottledException",
            "ENINotReadyException");

    private static final Set<String> DENIED = Set.of(
            "AccessDeniedException",
            "AccessDenied",
            "UnrecognizedClientException",
            "ExpiredTokenException",
            "InvalidSignatureException",
            "MissingAuthenticationTokenException");

    private static final Set<String> UNSUPPORTED =
            Set.of("UnknownOperationException", "NotImplemented", "InvalidAction", "UnsupportedOperationException");

    private static final Map<Integer, Translation> BY_STATUS = Map.of(
            403, (error, message) -> new LambdaFault.Denied(message, error),
            404, (error, message) -> new LambdaFault.NotFound(message, error),
            409, (error, message) -> new LambdaFault.Conflict(message, error),
            412, (error, message) -> new LambdaFault.PreconditionFailed(message, error),
            429, Faults::throttled,
            501, (error, message) -> new LambdaFault.Unsupported(message, error));

    private Faults() {}

    @FunctionalInterface
    private interface Translation {
        LambdaFault of(AwsServiceException error, String message);
    }

    /** Makes a call and translates how it fails. */
    static <T> T translating(Supplier<T> call) {
        try {
            return call.get();
        } catch (AwsServiceException e) {
            throw of(e);
        } catch (SdkException e) {
            throw new LambdaFault.OutcomeUnknown("no answer from Lambda: " + e.getMessage(), e);
        }
    }

    /** The fault of an answer. */
    static LambdaFault of(AwsServiceException error) {
        String code = code(error);
        String message = message(error, code);
        if (NOT_READY.contains(code)) {
            return new LambdaFault.NotReady(message, error);
        }
        if (DENIED.contains(code)) {
            return new LambdaFault.Denied(message, error);
        }
        if (UNSUPPORTED.contains(code)) {
            return new LambdaFault.Unsupported(message, error);
        }
        Translation byStatus = BY_STATUS.get(error.statusCode());
        if (byStatus != null) {
            return byStatus.of(error, message);
        }
        return error.statusCode() >= 500
                ? new LambdaFault.OutcomeUnknown(message, error)
                : new LambdaFault.Refused(message, code, error);
    }

    private static String code(AwsServiceException error) {
        AwsErrorDetails details = error.awsErrorDetails();
        return details == null || details.errorCode() == null ? "" : details.errorCode();
    }

    private static String message(AwsServiceException error, String code) {
        AwsErrorDetails details = error.awsErrorDetails();
        String text = details == null || details.errorMessage() == null ? error.getMessage() : details.errorMessage();
        return (code.isEmpty() ? "HTTP " + error.statusCode() : code) + ": " + text;
    }

    private static LambdaFault throttled(AwsServiceException error, String message) {
        if (error instanceof TooManyRequestsException throttle) {
            String reason = throttle.reasonAsString();
            return new LambdaFault.Throttled(
                    message, reason == null ? "" : reason, seconds(throttle.retryAfterSeconds()), error);
        }
        return new LambdaFault.Throttled(message, "", null, error);
    }

    private static @Nullable Duration seconds(@Nullable String text) {
        return text != null && text.matches("\\d{1,5}") ? Duration.ofSeconds(Integer.parseInt(text)) : null;
    }
}
