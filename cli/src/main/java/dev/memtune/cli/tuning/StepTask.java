// SPDX-License-Identifier: Apache-2.0
package dev.memtune.cli.tuning;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.memtune.local.machine.TaskHandler;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Objects;

/** A step's Lambda handler as a task of the local state machine: the very class that AWS calls, bytes to bytes. */
public final class StepTask implements TaskHandler {
    private final RequestStreamHandler handler;
    private final StepContext context;

    /**
     * A handler as a task.
     *
     * @param step names its function
     */
    public StepTask(String step, RequestStreamHandler handler) {
        this.handler = Objects.requireNonNull(handler, "handler");
        this.context = new StepContext("memtune-" + step);
    }

    @Override
    public byte[] handle(byte[] input) throws IOException {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        handler.handleRequest(new ByteArrayInputStream(input), output, context);
        return output.toByteArray();
    }
}
