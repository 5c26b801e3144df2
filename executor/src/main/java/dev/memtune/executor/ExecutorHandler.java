// SPDX-License-Identifier: Apache-2.0
package dev.memtune.executor;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.memtune.aws.ByAccount;
import dev.memtune.aws.LambdaClients;
import dev.memtune.aws.StepPorts;
import dev.memtune.core.fanout.FanOut;
import dev.memtune.core.wire.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.function.Function;

/** The entry of the state Execute: bytes in, bytes out. */
public final class ExecutorHandler implements RequestStreamHandler {
    /** Less than the 15 minutes that the function and its task in the state machine have. */
    private static final Duration STEP_TIME = Duration.ofMinutes(13);

    private final Function<ExecutorInput, Executor> steps;

    /** The step on the ports that the function's environment names. */
    public ExecutorHandler() {
        this(ByAccount.of(StepPorts.ofEnvironment(), ExecutorHandler::executor));
    }

    /** @param executor the step */
    public ExecutorHandler(Executor executor) {
        this.steps = input -> executor;
    }

    private ExecutorHandler(ByAccount<Executor> all) {
        this.steps = input -> all.of(input.run());
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        ExecutorInput request = Json.mapper().readValue(input, ExecutorInput.class);
        try {
            Json.mapper().writeValue(output, steps.apply(request).execute(request, context.getMemoryLimitInMB()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("interrupted while measuring").initCause(e);
        }
    }

    private static Executor executor(StepPorts ports) {
        LambdaClients clients = ports.clients();
        FanOut fanOut = new FanOut(Thread.ofVirtual().name("invocation-", 0).factory(), ports.clock());
        return new Executor(
                ports.store(), ports.invoker(clients), ports.logs(), fanOut, ports.clock(), ports.sleeper(), STEP_TIME);
    }
}
