// SPDX-License-Identifier: Apache-2.0
package dev.memtune.publisher;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.memtune.aws.ByAccount;
import dev.memtune.aws.StepMeter;
import dev.memtune.aws.StepPorts;
import dev.memtune.core.run.Step;
import dev.memtune.core.wire.Json;
import dev.memtune.core.wire.Plan;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.function.Function;

/** The Lambda entry of Publish: bytes to records and back. */
public final class PublisherHandler implements RequestStreamHandler {
    /** Less than the 15 minutes that the function and its task in the state machine have. */
    private static final Duration STEP_TIME = Duration.ofMinutes(13);

    private final Function<PublisherInput, Publisher> steps;
    private final StepMeter meter;

    /** The step on the ports that the function's environment names. */
    public PublisherHandler() {
        this(StepPorts.ofEnvironment());
    }

    /**
     * The step itself.
     *
     * @param publisher the step
     * @param meter counts its calls
     */
    public PublisherHandler(Publisher publisher, StepMeter meter) {
        this.steps = input -> publisher;
        this.meter = meter;
    }

    private PublisherHandler(StepPorts ports) {
        ByAccount<Publisher> all = ByAccount.of(ports, PublisherHandler::publisher);
        this.steps = input -> all.of(input.run());
        this.meter = ports.meter();
    }

    @Override
    public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
        try (StepMeter.Call call = meter.begin()) {
            PublisherInput input = Json.mapper().readValue(in, PublisherInput.class);
            call.of(input.run().runId(), Step.PUBLISH);
            Plan plan = steps.apply(input).publish(input);
            Json.mapper().writeValue(out, plan);
            call.done(plan.pending());
        }
    }

    private static Publisher publisher(StepPorts ports) {
        return new Publisher(ports.control(ports.clients()), ports.store(), ports.clock(), ports.sleeper(), STEP_TIME)
                .lookingAt(ports.logs());
    }
}
