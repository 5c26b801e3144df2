// SPDX-License-Identifier: Apache-2.0
package dev.memtune.cleaner;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.memtune.aws.ByAccount;
import dev.memtune.aws.StepMeter;
import dev.memtune.aws.StepPorts;
import dev.memtune.core.port.FunctionControl;
import dev.memtune.core.run.Run;
import dev.memtune.core.run.Step;
import dev.memtune.core.wire.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** The Lambda entry of Clean: bytes to records and back. */
public final class CleanerHandler implements RequestStreamHandler {
    private final Cleaner cleaner;
    private final StepMeter meter;

    /** The step on the ports that the function's environment names. */
    public CleanerHandler() {
        this(StepPorts.ofEnvironment());
    }

    private CleanerHandler(StepPorts ports) {
        this(cleaner(ports), ports.meter());
    }

    /**
     * The step itself.
     *
     * @param cleaner the step
     * @param meter counts its calls
     */
    public CleanerHandler(Cleaner cleaner, StepMeter meter) {
        this.cleaner = cleaner;
        this.meter = meter;
    }

    @Override
    public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
        try (StepMeter.Call call = meter.begin()) {
            CleanerInput input = Json.mapper().readValue(in, CleanerInput.class);
            CleanerOutput end = cleaner.clean(input);
            call.of(end.runId(), Step.CLEAN);
            Json.mapper().writeValue(out, end);
            call.done(false);
        }
    }

    /** Of whatever account and region a run names. */
    static Cleaner cleaner(StepPorts ports) {
        ByAccount<FunctionControl> controls = ByAccount.of(ports, reached -> reached.control(reached.clients()));
        return new Cleaner(
                (Run run) -> controls.of(run),
                ports.store(),
                ports.clock(),
                ports.sleeper(),
                CleanerLimits.DEFAULT,
                ports.slots());
    }
}
