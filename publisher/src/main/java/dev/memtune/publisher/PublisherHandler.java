// SPDX-License-Identifier: Apache-2.0
package dev.memtune.publisher;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.memtune.aws.ByAccount;
import dev.memtune.aws.StepPorts;
import dev.memtune.core.wire.Json;
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

    /** The step on the ports that the function's environment names. */
    public PublisherHandler() {
        this(ByAccount.of(StepPorts.ofEnvironment(), PublisherHandler::publisher));
    }

    /** @param publisher the step */
    public PublisherHandler(Publisher publisher) {
        this.steps = input -> publisher;
    }

    private PublisherHandler(ByAccount<Publisher> all) {
        this.steps = input -> all.of(input.run());
    }

    @Override
    public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
        PublisherInput input = Json.mapper().readValue(in, PublisherInput.class);
        Json.mapper().writeValue(out, steps.apply(input).publish(input));
    }

    private static Publisher publisher(StepPorts ports) {
        return new Publisher(ports.control(ports.clients()), ports.store(), ports.clock(), ports.sleeper(), STEP_TIME);
    }
}
