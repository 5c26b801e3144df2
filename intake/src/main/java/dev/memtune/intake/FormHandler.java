// SPDX-License-Identifier: Apache-2.0
package dev.memtune.intake;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.memtune.aws.UploadPorts;
import dev.memtune.aws.events.HttpCalls;
import dev.memtune.core.wire.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Objects;
import java.util.function.Consumer;

/** The entry for the HTTP API that gives out forms for uploads. */
public final class FormHandler implements RequestStreamHandler {
    private final FormDesk desk;
    private final Consumer<String> log;

    /** The desk on the ports that the function's environment names. */
    public FormHandler() {
        this(new FormDesk(UploadPorts.ofEnvironment().forms()), UploadPorts::log);
    }

    /**
     * @param desk gives out the forms
     * @param log takes a line for each call that fails by our fault
     */
    public FormHandler(FormDesk desk, Consumer<String> log) {
        this.desk = Objects.requireNonNull(desk, "desk");
        this.log = Objects.requireNonNull(log, "log");
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        Json.mapper().writeValue(output, HttpCalls.answer(input.readAllBytes(), desk::give, log));
    }
}
