// SPDX-License-Identifier: Apache-2.0
package dev.memtune.cleaner;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.memtune.aws.ByAccount;
import dev.memtune.aws.StepPorts;
import dev.memtune.core.port.FunctionControl;
import dev.memtune.core.run.Run;
import dev.memtune.core.wire.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** The Lambda entry of Clean: bytes to records and back. */
public final class CleanerHandler implements RequestStreamHandler {
    private final Cleaner cleaner;

    /** The step on the ports that the function's environment names. */
    public CleanerHandler() {
        this(cleaner(StepPorts.ofEnvironment()));
    }

    /** @param cleaner the step */
    public CleanerHandler(Cleaner cleaner) {
        this.cleaner = cleaner;
    }

    @Override
    public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
        CleanerInput input = Json.mapper().readValue(in, CleanerInput.class);
        Json.mapper().writeValue(out, cleaner.clean(input));
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
