// SPDX-License-Identifier: Apache-2.0
package dev.memtune.aws;

import static dev.memtune.aws.ScriptedLambda.error;
import static dev.memtune.aws.ScriptedLambda.invocation;
import static dev.memtune.aws.ScriptedLambda.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.memtune.core.port.LambdaFault;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.exception.SdkClientException;

/** Answers over HTTP, so that the SDK's own reading of codes is part of what is tested. */
class FaultsTest {
    private static ScriptedLambda lambda;
    private static LambdaClients clients;
    private static AwsFunctionInvoker invoker;

    @BeforeAll
    static void start() throws IOException {
        lambda = new ScriptedLambda();
        clients = lambda.clients(ScriptedLambda.PATIENT);
        invoker = new AwsFunctionInvoker(clients);
    }

    @AfterAll
    static void stop() {
        clients.close();
        lambda.close();
    }

    private static LambdaFault fault(ScriptedLambda.Answer answer) {
        lambda.answering(answer);
        LambdaFault fault = catchThrowableOfType(LambdaFault.class, () -> invoker.invoke(invocation("{}")));
        assertThat(lambda.requests()).hasSize(1);
        return fault;
    }

    /** Codes and statuses: API_Invoke and the other actions' pages, CommonErrors; models of the AWS SDK for Java 2.51.3. */
    @ParameterizedTest
    @CsvSource({
        "429, TooManyRequestsException, Throttled",
        "400, ThrottlingException, Throttled",
        "503, RequestLimitExceeded, Throttled",
        "500, ServiceException, OutcomeUnknown",
        "500, InternalFailure, OutcomeUnknown",
        "503, ServiceUnavailable, OutcomeUnknown",
        "504, GatewayTimeout, OutcomeUnknown",
        "502, BadGateway, OutcomeUnknown",
        "502, EC2ThrottledException, NotReady",
        "502, EC2UnexpectedException, NotReady",
        "502, ENINotReadyException, NotReady",
        "502, ResourceNotReadyException, NotReady",
        "409, SnapStartNotReadyException, NotReady",
        "409, SnapStartRegenerationFailureException, NotReady",
        "408, SnapStartTimeoutException, NotReady",
        "409, CodeArtifactUserPendingException, NotReady",
        "408, EFSMountTimeoutException, NotReady",
        "408, S3FilesMountTimeoutException, NotReady",
        "502, ENILimitReachedException, Refused",
        "502, SubnetIPAddressLimitReachedException, Refused",
        "502, EC2AccessDeniedException, Refused",
        "502, InvalidSubnetIDException, Refused",
        "502, InvalidSecurityGroupIDException, Refused",
        "502, KMSDisabledException, Refused",
        "502, KMSInvalidStateException, Refused",
        "502, KMSAccessDeniedException, Refused",
        "502, KMSNotFoundException, Refused",
        "502, InvalidRuntimeException, Refused",
        "502, InvalidZipFileException, Refused",
        "403, EFSMountFailureException, Refused",
        "403, S3FilesMountFailureException, Refused",
        "408, EFSMountConnectivityException, Refused",
        "410, EFSIOException, Refused",
        "400, SnapStartException, Refused",
        "402, ServiceQuotaExceededException, Refused",
        "413, RequestTooLargeException, Refused",
        "413, SerializedRequestEntityTooLargeException, Refused",
        "415, UnsupportedMediaTypeException, Refused",
        "400, InvalidRequestContentException, Refused",
        "400, InvalidParameterValueException, Refused",
        "400, NoPublishedVersionException, Refused",
        "400, RecursiveInvocationException, Refused",
        "400, ModeNotSupportedException, Refused",
        "400, CodeStorageExceededException, Refused",
        "400, ValidationException, Refused",
        "409, DurableExecutionAlreadyStartedException, Refused",
        "409, CodeArtifactUserFailedException, Refused",
        "409, CodeArtifactUserDeletedException, Refused",
        "409, ResourceConflictException, Conflict",
        "409, ResourceInUseException, Conflict",
        "412, PreconditionFailedException, PreconditionFailed",
        "403, AccessDeniedException, Denied",
        "400, AccessDeniedException, Denied",
        "403, ExpiredTokenException, Denied",
        "403, UnrecognizedClientException, Denied",
        "400, IncompleteSignature, Denied",
        "401, Unauthorized, Denied",
        "404, ResourceNotFoundException, NotFound",
        "404, UnknownOperationException, Unsupported",
        "404, PageNotFound, Unsupported",
        "405, MethodNotAllowed, Unsupported",
        "501, NotImplemented, Unsupported",
    })
    void translatesTheCode(int status, String code, String expected) {
        LambdaFault fault = fault(error(status, code));
        assertThat(fault.getClass().getSimpleName()).as(code).isEqualTo(expected);
        assertThat(fault).hasMessageStartingWith(code + ": ");
    }

    @ParameterizedTest
    @CsvSource({
        "400, Refused",
        "403, Denied",
        "404, Unsupported",
        "409, Conflict",
        "412, PreconditionFailed",
        "429, Throttled",
        "500, OutcomeUnknown",
        "502, OutcomeUnknown",
    })
    void translatesTheStatusWhereThereIsNoCode(int status, String expected) {
        LambdaFault fault = fault(json(status, "", "Content-Type", "text/html"));
        assertThat(fault.getClass().getSimpleName()).isEqualTo(expected);
        assertThat(fault).hasMessageStartingWith("HTTP " + status);
    }

    @Test
    void keepsTheReasonAndTheWaitOfAThrottle() {
        LambdaFault fault = fault(json(
                429,
                "{\"message\":\"slow down\",\"Reason\":\"ReservedFunctionConcurrentInvocationLimitExceeded\"}",
                "x-amzn-ErrorType",
                "TooManyRequestsException",
                "Retry-After",
                "7"));
        assertThat(fault).isInstanceOfSatisfying(LambdaFault.Throttled.class, throttled -> {
            assertThat(throttled.reason()).isEqualTo("ReservedFunctionConcurrentInvocationLimitExceeded");
            assertThat(throttled.retryAfter()).contains(Duration.ofSeconds(7));
        });
    }

    @Test
    void ignoresAWaitThatIsNoNumberOfSeconds() {
        LambdaFault fault =
                fault(error(429, "TooManyRequestsException", "Retry-After", "Sat, 21 Nov 2026 12:00:00 GMT"));
        assertThat(fault).isInstanceOfSatisfying(LambdaFault.Throttled.class, throttled -> {
            assertThat(throttled.reason()).isEmpty();
            assertThat(throttled.retryAfter()).isEmpty();
        });
    }

    @Test
    void keepsTheCodeOfARefusal() {
        LambdaFault fault = fault(error(400, "ValidationException"));
        assertThat(fault).isInstanceOfSatisfying(LambdaFault.Refused.class, refused -> assertThat(refused.code())
                .isEqualTo("ValidationException"));
    }

    @Test
    void doesNotCallAMissingCredentialALostAnswer() {
        SdkClientException error =
                SdkClientException.create("Unable to load credentials from any of the providers in the chain: …");
        assertThat(Faults.unanswered(error)).isInstanceOf(LambdaFault.Denied.class);
    }
}
