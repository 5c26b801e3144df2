// SPDX-License-Identifier: Apache-2.0
package dev.memtune.initializer;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.memtune.aws.ByAccount;
import dev.memtune.aws.StepPorts;
import dev.memtune.core.price.PriceTable;
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

    /** The step on the ports that the function's environment names. */
    public InitializerHandler() {
        this(ByAccount.of(StepPorts.ofEnvironment(), InitializerHandler::initializer));
    }

    /** @param initializer the step */
    public InitializerHandler(Initializer initializer) {
        this.steps = input -> initializer;
    }

    private InitializerHandler(ByAccount<Initializer> all) {
        this.steps = input -> all.of(text(input, "lambdaARN"), role(input));
    }

    @Override
    public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
        InitializerInput input = Json.mapper().readValue(in, InitializerInput.class);
        Json.mapper().writeValue(out, steps.apply(input).initialize(input));
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
                .lookingAt(ports.logs())
                .bounded(ports.slots());
    }
}
