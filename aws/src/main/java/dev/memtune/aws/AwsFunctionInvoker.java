// SPDX-License-Identifier: Apache-2.0
package dev.memtune.aws;

import dev.memtune.core.port.FunctionInvoker;
import java.util.Base64;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.LogType;

/** Invokes through the SDK, once per call. Safe for use by many threads. */
public final class AwsFunctionInvoker implements FunctionInvoker {
    private static final byte[] NOTHING = {};

    private final LambdaClient invocations;

    /** On the clients of this process. */
    public AwsFunctionInvoker(LambdaClients clients) {
        this.invocations = clients.invocations();
    }

    @Override
    public Response invoke(Request request) {
        InvokeResponse answer =
                Faults.translating(() -> invocations.invoke(invoke -> invoke.functionName(request.function())
                        .qualifier(request.qualifier())
                        .invocationType(InvocationType.REQUEST_RESPONSE)
                        .logType(LogType.TAIL)
                        .payload(SdkBytes.fromByteArrayUnsafe(request.payload()))));
        String tail = answer.logResult();
        SdkBytes payload = answer.payload();
        return new Response(
                answer.responseMetadata().requestId(),
                answer.functionError(),
                payload == null ? NOTHING : payload.asByteArray(),
                tail == null ? NOTHING : Base64.getDecoder().decode(tail),
                answer.executedVersion());
    }
}
