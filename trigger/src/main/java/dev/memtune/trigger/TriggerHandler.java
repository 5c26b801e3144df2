// SPDX-License-Identifier: Apache-2.0
package dev.memtune.trigger;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.memtune.aws.UploadPorts;
import dev.memtune.aws.events.RegistryStream;
import dev.memtune.core.registry.TuningStatus;
import dev.memtune.core.wire.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Objects;
import java.util.function.Consumer;

/** The entry for the registry's stream. */
public final class TriggerHandler implements RequestStreamHandler {
    private final Trigger trigger;
    private final Consumer<String> log;

    /** The step on the ports that the function's environment names. */
    public TriggerHandler() {
        this(trigger(UploadPorts.ofEnvironment()), UploadPorts::log);
    }

    /**
     * @param trigger the step
     * @param log takes a line for each record that fails
     */
    public TriggerHandler(Trigger trigger, Consumer<String> log) {
        this.trigger = Objects.requireNonNull(trigger, "trigger");
        this.log = Objects.requireNonNull(log, "log");
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        Json.mapper().writeValue(output, RegistryStream.deliver(input.readAllBytes(), trigger::see, log));
    }

    private static Trigger trigger(UploadPorts ports) {
        return new Trigger(
                ports.starter(),
                new StartInput(ports.setting("MEMTUNE_ALIAS")),
                new TuningStatus(ports.registry(), ports.clock()));
    }
}
