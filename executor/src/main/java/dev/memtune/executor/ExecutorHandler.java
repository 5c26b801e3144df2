// SPDX-License-Identifier: Apache-2.0
package dev.memtune.executor;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.memtune.core.wire.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;

/** The entry of the state Execute: bytes in, bytes out. */
public final class ExecutorHandler implements RequestStreamHandler {
    private final Executor executor;

    /** @param executor the step */
    public ExecutorHandler(Executor executor) {
        this.executor = executor;
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        ExecutorInput request = Json.mapper().readValue(input, ExecutorInput.class);
        try {
            Json.mapper().writeValue(output, executor.execute(request, context.getMemoryLimitInMB()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("interrupted while measuring").initCause(e);
        }
    }
}
