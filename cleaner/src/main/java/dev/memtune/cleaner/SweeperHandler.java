// SPDX-License-Identifier: Apache-2.0
package dev.memtune.cleaner;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import dev.memtune.aws.StepPorts;
import dev.memtune.core.wire.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;

/** The entry of the sweep: the event of a schedule, or a request of CloudFormation about the stack. */
public final class SweeperHandler implements RequestStreamHandler {
    private final Sweeper sweeper;

    /** The sweep on the ports that the function's environment names. */
    public SweeperHandler() {
        this(sweeper(StepPorts.ofEnvironment()));
    }

    SweeperHandler(Sweeper sweeper) {
        this.sweeper = sweeper;
    }

    @Override
    public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
        JsonNode event = Json.tree(in.readAllBytes());
        if (StackRequest.isOne(event)) {
            answer(new StackRequest(event));
        } else {
            Json.mapper().writeValue(out, sweeper.sweep());
        }
    }

    private void answer(StackRequest request) throws IOException {
        try {
            if (request.isDeletion()) {
                sweeper.retire();
            }
            request.answer(null);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("interrupted while cleaning up").initCause(e);
        } catch (RuntimeException e) {
            // Without an answer CloudFormation would wait for its time-out and say nothing of the reason.
            request.answer(String.valueOf(e.getMessage()));
        }
    }

    private static Sweeper sweeper(StepPorts ports) {
        return new Sweeper(CleanerHandler.cleaner(ports), ports.sleeper(), CleanerLimits.DEFAULT.settlingTime());
    }
}
