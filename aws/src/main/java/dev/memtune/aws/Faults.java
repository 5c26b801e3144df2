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
 * The SDK's exceptions as {@link LambdaFault}s, by error code first and by status second: several codes share a status that
 * says too little, such as 502 for a key that cannot be used.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html#API_Invoke_Errors">Errors of Invoke</a>
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/api/CommonErrors.html">Common errors</a>
 */
public final class Faults {
    /** Codes that say: not run, but perhaps soon. Whoever waits for them has a bound. */
    private static final Set<String> NOT_READY = Set.of(
            "CodeArtifactUserPendingException",
            "EC2ThrottledException",
            "EC2UnexpectedException",
            "EFSMountTimeoutException",
            "ENINotReadyException",
            "ResourceNotReadyException",
            "S3FilesMountTimeoutException",
            "SnapStartNotReadyException",
            "SnapStartRegenerationFailureException",
            "SnapStartTimeoutException");

    /** Faults of the function's configuration that come with a status of another meaning; the function did not run. */
    private static final Set<String> REFUSED = Set.of(
            "CodeArtifactUserDeletedException",
            "CodeArtifactUserFailedException",
            "DurableExecutionAlreadyStartedException",
            "EC2AccessDeniedException",
            "EFSMountFailureException",
            "ENILimitReachedException",
            "InvalidRuntimeException",
            "InvalidSecurityGroupIDException",
            "InvalidSubnetIDException",
            "InvalidZipFileException",
            "KMSAccessDeniedException",
            "KMSDisabledException",
            "KMSInvalidStateException",
            "KMSNotFoundException",
            "S3FilesMountFailureException",
            "SubnetIPAddressLimitReachedException");

    /** Denials that may come with 400; all others come with 403. */
    private static final Set<String> DENIED = Set.of(
            "AccessDenied",
            "AccessDeniedException",
            "ExpiredTokenException",
            "IncompleteSignature",
            "IncompleteSignatureException",
            "InvalidSignatureException",
            "MissingAuthenticationTokenException",
            "NotAuthorized",
            "RequestExpired",
            "UnrecognizedClientException");

    private static final Set<String> UNSUPPORTED =
            Set.of("InvalidAction", "NotImplemented", "UnknownOperationException", "UnsupportedOperationException");

    /** What Lambda says of a missing function, version or alias; any other 404 is a route that the endpoint lacks. */
    private static final String NOT_FOUND = "ResourceNotFoundException";

    private static final Map<Integer, Translation> BY_STATUS = Map.of(
            401, (error, message) -> new LambdaFault.Denied(message, error),
            403, (error, message) -> new LambdaFault.Denied(message, error),
            404, Faults::missing,
            405, (error, message) -> new LambdaFault.Unsupported(message, error),
            409, (error, message) -> new LambdaFault.Conflict(message, error),
            412, (error, message) -> new LambdaFault.PreconditionFailed(message, error),
            429, Faults::throttled,
            501, (error, message) -> new LambdaFault.Unsupported(message, error));

    /** How the SDK begins to say that it had nothing to sign a request with; the request was not sent. */
    private static final String NO_CREDENTIALS = "Unable to load credentials";

    /** How it says so of a profile. */
    private static final String NO_PROFILE = "no credentials for profile";

    private Faults() {}

    @FunctionalInterface
    private interface Translation {
        LambdaFault of(AwsServiceException error, String message);
    }

    /** Makes a call and translates how it fails. */
    static <T> T translating(Supplier<T> call) {
        return translating("Lambda", call);
    }

    /**
     * Makes a call and translates how it fails.
     *
     * @param service who is asked
     */
    public static <T> T translating(String service, Supplier<T> call) {
        try {
            return call.get();
        } catch (AwsServiceException e) {
            throw of(e);
        } catch (SdkException e) {
            throw unanswered(service, e);
        }
    }

    /** The fault of a call that got no answer. */
    static LambdaFault unanswered(SdkException error) {
        return unanswered("Lambda", error);
    }

    /** The fault of a call that got no answer. */
    public static LambdaFault unanswered(String service, SdkException error) {
        String text = String.valueOf(error.getMessage());
        return text.startsWith(NO_CREDENTIALS) || text.contains(NO_PROFILE)
                ? new LambdaFault.Denied(
                        "no AWS credentials were found: set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"
                                + (text.startsWith(NO_CREDENTIALS) ? "" : "; " + text),
                        error)
                : new LambdaFault.OutcomeUnknown("no answer from " + service + ": " + text, error);
    }

    /** Why a call failed, in words. */
    public static String reason(String service, SdkException error) {
        return String.valueOf(
                error instanceof AwsServiceException
                        ? error.getMessage()
                        : unanswered(service, error).getMessage());
    }

    /** The fault of an answer. */
    public static LambdaFault of(AwsServiceException error) {
        String code = code(error);
        String message = message(error, code);
        Translation known = byCode(error, code);
        if (known == null) {
            known = BY_STATUS.get(error.statusCode());
        }
        if (known != null) {
            return known.of(error, message);
        }
        return error.statusCode() >= 500
                ? new LambdaFault.OutcomeUnknown(message, error)
                : new LambdaFault.Refused(message, code, error);
    }

    private static @Nullable Translation byCode(AwsServiceException error, String code) {
        if (NOT_READY.contains(code)) {
            return (fault, message) -> new LambdaFault.NotReady(message, fault);
        }
        if (REFUSED.contains(code)) {
            return (fault, message) -> new LambdaFault.Refused(message, code, fault);
        }
        if (DENIED.contains(code)) {
            return (fault, message) -> new LambdaFault.Denied(message, fault);
        }
        if (UNSUPPORTED.contains(code)) {
            return (fault, message) -> new LambdaFault.Unsupported(message, fault);
        }
        // The SDK knows the throttling codes that come with 400 or 503.
        return error.isThrottlingException() ? Faults::throttled : null;
    }

    private static LambdaFault missing(AwsServiceException error, String message) {
        return code(error).equals(NOT_FOUND)
                ? new LambdaFault.NotFound(message, error)
                : new LambdaFault.Unsupported(message, error);
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
