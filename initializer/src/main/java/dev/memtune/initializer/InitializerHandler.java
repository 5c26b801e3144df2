// SPDX-License-Identifier: Apache-2.0
package dev.memtune.initializer;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.memtune.aws.ByAccount;
import dev.memtune.aws.StepMeter;
import dev.memtune.aws.StepPorts;
import dev.memtune.core.price.PriceTable;
import dev.memtune.core.run.RunIds;
import dev.memtune.core.run.Step;
import dev.memtune.core.search.Rates;
import dev.memtune.core.search.Rounds;
import dev.memtune.core.wire.Json;
import dev.memtune.core.wire.PriceTableReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The Lambda entry of Initialize: bytes to records and back. */
public final class InitializerHandler implements RequestStreamHandler {
    private final Function<InitializerInput, Initializer> steps;
    private final StepMeter meter;

    /** The step on the ports that the function's environment names. */
    public InitializerHandler() {
        this(StepPorts.ofEnvironment());
    }

    /**
     * The step itself.
     *
     * @param initializer the step
     * @param meter counts its calls
     */
    public InitializerHandler(Initializer initializer, StepMeter meter) {
        this.steps = input -> initializer;
        this.meter = meter;
    }

    private InitializerHandler(StepPorts ports) {
        ByAccount<Initializer> all = ByAccount.of(ports, InitializerHandler::initializer);
        this.meter = ports.meter();
        this.steps = input -> all.of(text(input, "lambdaARN"), role(input));
    }

    @Override
    public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
        try (StepMeter.Call call = meter.begin()) {
            InitializerInput input = Json.mapper().readValue(in, InitializerInput.class);
            call.of(RunIds.of(input.execution().id()), Step.INITIALIZE);
            Json.mapper().writeValue(out, steps.apply(input).initialize(input));
            call.done(false);
        }
    }

    /** Unchecked as yet; the step refuses what is wrong, and roles that it may not assume, before it asks for anything. */
    private static @Nullable String role(InitializerInput input) {
        String role = text(input, "assumeRoleArn");
        return role.isEmpty() ? null : role;
    }

    private static String text(InitializerInput input, String member) {
        return input.input().path(member).asText("");
    }

    private static Initializer initializer(StepPorts ports) {
        PriceTable prices = PriceTableReader.bundled();
        return new Initializer(
                        ports.control(ports.clients()),
                        ports.store(),
                        ports.clock(),
                        ports.sleeper(),
                        ports.objects(),
                        run -> Rounds.first(run, Rates.of(run, prices)),
                        InitializerLimits.DEFAULT,
                        new StackRules(
                                ports.setting("MEMTUNE_TUNE_TAG"),
                                ports.setting("MEMTUNE_PROMOTE_TAG"),
                                ports.setting("MEMTUNE_ASSUMABLE_ROLES")))
                .bounded(ports.slots());
    }
}
