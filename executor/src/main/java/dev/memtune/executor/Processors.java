// SPDX-License-Identifier: Apache-2.0
package dev.memtune.executor;

import dev.memtune.core.failure.ProcessorFailed;
import dev.memtune.core.function.FunctionConfiguration;
import dev.memtune.core.function.FunctionReference;
import dev.memtune.core.port.FunctionInvoker;
import dev.memtune.core.port.FunctionInvoker.Request;
import dev.memtune.core.port.FunctionInvoker.Response;
import dev.memtune.core.port.LambdaFault;
import dev.memtune.core.wire.Procedure;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The functions that are called before and after each measured invocation. Their time and their cost are never part of what
 * is measured. Safe for use by many threads.
 */
final class Processors {
    private static final int TIMEOUT_SECONDS = Procedure.PROCESSOR_TIMEOUT_SECONDS;
    private static final String NULL = "null";

    private final FunctionInvoker invoker;
    private final @Nullable FunctionReference before;
    private final @Nullable FunctionReference after;

    Processors(FunctionInvoker invoker, Procedure procedure) {
        this.invoker = invoker;
        this.before = reference(procedure.preProcessor());
        this.after = reference(procedure.postProcessor());
    }

    private static @Nullable FunctionReference reference(@Nullable String text) {
        return text == null ? null : FunctionReference.parse(text).orElseThrow();
    }

    /** How long both together may take, in seconds; 0 if there are none. */
    int timeoutSeconds() {
        return (before == null ? 0 : TIMEOUT_SECONDS) + (after == null ? 0 : TIMEOUT_SECONDS);
    }

    /**
     * The request as it is to be sent: with the answer of the pre-processor, unless that is nothing, or JSON's null.
     *
     * @throws ProcessorFailed if it failed; the measured function was not invoked
     * @throws LambdaFault.Throttled if there is no capacity for it now; the same holds
     */
    Request prepared(Request request) {
        if (before == null) {
            return request;
        }
        byte[] event = call("pre-processor", before, request.payload());
        String text = new String(event, StandardCharsets.UTF_8).strip();
        return text.isEmpty() || text.equals(NULL)
                ? request
                : new Request(
                        request.function(), request.qualifier(), event, request.timeoutSeconds(), request.tenantId());
    }

    /** Gives the post-processor what the function answered. @throws ProcessorFailed if it failed */
    void follow(Response answer) {
        if (after != null) {
            try {
                call("post-processor", after, answer.payload());
            } catch (LambdaFault.Throttled | LambdaFault.NotReady e) {
                throw failed("post-processor", after, String.valueOf(e.getMessage()));
            }
        }
    }

    private byte[] call(String role, FunctionReference processor, byte[] event) {
        String qualifier = processor.qualifier() == null ? FunctionConfiguration.LATEST : processor.qualifier();
        try {
            Response answer = invoker.invoke(new Request(processor.unqualified(), qualifier, event, TIMEOUT_SECONDS));
            if (answer.functionError() != null) {
                FunctionFailure failure = FunctionFailure.read(answer.payload(), null);
                throw failed(role, processor, failure.type() + ": " + failure.message());
            }
            return answer.payload();
        } catch (LambdaFault.Throttled | LambdaFault.NotReady e) {
            throw e;
        } catch (LambdaFault e) {
            throw failed(role, processor, String.valueOf(e.getMessage()));
        }
    }

    private static ProcessorFailed failed(String role, FunctionReference processor, String why) {
        return new ProcessorFailed("the " + role + " " + processor.name() + " failed: " + Excerpt.of(why)
                + ". Mend it, or tune without it");
    }
}
