// SPDX-License-Identifier: Apache-2.0
package dev.memtune.aws;

import dev.memtune.core.port.FunctionInvoker;
import dev.memtune.core.port.LambdaFault;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.LogType;

/** Invokes through the SDK, once per call. Safe for use by many threads. */
public final class AwsFunctionInvoker implements FunctionInvoker {
    private static final byte[] NOTHING = {};

    /** What the SDK says where the answer has no {@code x-amzn-RequestId}. */
    private static final String NO_REQUEST_ID = "UNKNOWN";

    private final LambdaClients clients;

    /** On the clients of this process. */
    public AwsFunctionInvoker(LambdaClients clients) {
        this.clients = clients;
    }

    @Override
    public Response invoke(Request request) {
        LambdaClient invocations = clients.invocations(request.timeoutSeconds());
        InvokeResponse answer =
                Faults.translating(() -> invocations.invoke(invoke -> invoke.functionName(request.function())
                        .qualifier(request.qualifier())
                        .invocationType(InvocationType.REQUEST_RESPONSE)
                        .logType(LogType.TAIL)
                        .tenantId(request.tenantId())
                        .payload(SdkBytes.fromByteArrayUnsafe(request.payload()))));
        SdkBytes payload = answer.payload();
        String requestId = answer.responseMetadata().requestId();
        return new Response(
                NO_REQUEST_ID.equals(requestId) ? "" : requestId,
                answer.functionError(),
                payload == null ? NOTHING : payload.asByteArray(),
                tail(answer.logResult()),
                answer.executedVersion());
    }

    @Override
    public String send(Request request) {
        LambdaClient invocations = clients.invocations(0);
        InvokeResponse answer =
                Faults.translating(() -> invocations.invoke(invoke -> invoke.functionName(request.function())
                        .qualifier(request.qualifier())
                        .invocationType(InvocationType.EVENT)
                        .tenantId(request.tenantId())
                        .payload(SdkBytes.fromByteArrayUnsafe(request.payload()))));
        String requestId = answer.responseMetadata().requestId();
        if (NO_REQUEST_ID.equals(requestId)) {
            throw new LambdaFault.Unsupported(
                    "the endpoint must tell the request id of an asynchronous invocation, got none", null);
        }
        return requestId;
    }

    /**
     * Asks whether an invocation would be permitted; nothing runs.
     *
     * @throws LambdaFault.Denied if it would not
     * @throws LambdaFault.NotFound if it would, but there is no such function or qualifier
     * @see <a href="https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html">DryRun</a>
     */
    public void rehearse(String function, String qualifier) {
        LambdaClient invocations = clients.invocations(0);
        Faults.translating(() -> invocations.invoke(
                invoke -> invoke.functionName(function).qualifier(qualifier).invocationType(InvocationType.DRY_RUN)));
    }

    private static byte[] tail(@Nullable String logResult) {
        if (logResult == null) {
            return NOTHING;
        }
        try {
            return Base64.getDecoder().decode(logResult);
        } catch (IllegalArgumentException e) {
            // The function ran and is paid for; a log that is not Base64 is one without a report, and is counted as
            // that.
            return logResult.getBytes(StandardCharsets.UTF_8);
        }
    }
}
