// SPDX-License-Identifier: Apache-2.0
package dev.memtune.executor;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.memtune.aws.ByAccount;
import dev.memtune.aws.LambdaClients;
import dev.memtune.aws.StepMeter;
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
    private final StepMeter meter;

    /** The step on the ports that the function's environment names. */
    public ExecutorHandler() {
        this(StepPorts.ofEnvironment());
    }

    /**
     * The step itself.
     *
     * @param executor the step
     * @param meter counts its calls
     */
    public ExecutorHandler(Executor executor, StepMeter meter) {
        this.steps = input -> executor;
        this.meter = meter;
    }

    private ExecutorHandler(StepPorts ports) {
        ByAccount<Executor> all = ByAccount.of(ports, ExecutorHandler::executor);
        this.steps = input -> all.of(input.run());
        this.meter = ports.meter();
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        try (StepMeter.Call call = meter.begin()) {
            ExecutorInput request = Json.mapper().readValue(input, ExecutorInput.class);
            call.of(request.run().runId(), request.allocation().arm().id());
            ExecutorOutput progress = steps.apply(request).execute(request);
            Json.mapper().writeValue(output, progress);
            call.done(!progress.done());
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
