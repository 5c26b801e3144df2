// SPDX-License-Identifier: Apache-2.0
package dev.memtune.promoter;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.memtune.aws.ByAccount;
import dev.memtune.aws.StepMeter;
import dev.memtune.aws.StepPorts;
import dev.memtune.core.run.Step;
import dev.memtune.core.wire.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.function.Function;

/** The Lambda entry of Promote: bytes to records and back. */
public final class PromoterHandler implements RequestStreamHandler {
    /** Less than the 15 minutes that the function and its task in the state machine have. */
    private static final Duration STEP_TIME = Duration.ofMinutes(13);

    private final Function<PromoterInput, Promoter> steps;
    private final StepMeter meter;

    /** The step on the ports that the function's environment names. */
    public PromoterHandler() {
        this(StepPorts.ofEnvironment());
    }

    /**
     * The step itself.
     *
     * @param promoter the step
     * @param meter counts its calls
     */
    public PromoterHandler(Promoter promoter, StepMeter meter) {
        this.steps = input -> promoter;
        this.meter = meter;
    }

    private PromoterHandler(StepPorts ports) {
        ByAccount<Promoter> all = ByAccount.of(ports, PromoterHandler::promoter);
        this.steps = input -> all.of(input.run());
        this.meter = ports.meter();
    }

    @Override
    public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
        try (StepMeter.Call call = meter.begin()) {
            PromoterInput input = Json.mapper().readValue(in, PromoterInput.class);
            call.of(input.run().runId(), Step.PROMOTE);
            Json.mapper().writeValue(out, steps.apply(input).promote(input));
            call.done(false);
        }
    }

    private static Promoter promoter(StepPorts ports) {
        return new Promoter(ports.control(ports.clients()), ports.store(), ports.clock(), ports.sleeper(), STEP_TIME);
    }
}
