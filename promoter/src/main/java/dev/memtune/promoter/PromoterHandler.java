// SPDX-License-Identifier: Apache-2.0
package dev.memtune.promoter;

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

/** The Lambda entry of Promote: bytes to records and back. */
public final class PromoterHandler implements RequestStreamHandler {
    /** Less than the 15 minutes that the function and its task in the state machine have. */
    private static final Duration STEP_TIME = Duration.ofMinutes(13);

    private final Function<PromoterInput, Promoter> steps;

    /** The step on the ports that the function's environment names. */
    public PromoterHandler() {
        this(ByAccount.of(StepPorts.ofEnvironment(), PromoterHandler::promoter));
    }

    /** @param promoter the step */
    public PromoterHandler(Promoter promoter) {
        this.steps = input -> promoter;
    }

    private PromoterHandler(ByAccount<Promoter> all) {
        this.steps = input -> all.of(input.run());
    }

    @Override
    public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
        PromoterInput input = Json.mapper().readValue(in, PromoterInput.class);
        Json.mapper().writeValue(out, steps.apply(input).promote(input));
    }

    private static Promoter promoter(StepPorts ports) {
        return new Promoter(ports.control(ports.clients()), ports.store(), ports.clock(), ports.sleeper(), STEP_TIME);
    }
}
