// SPDX-License-Identifier: Apache-2.0
package dev.memtune.recorder;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.memtune.aws.StepPorts;
import dev.memtune.aws.UploadPorts;
import dev.memtune.core.registry.TuningStatus;
import dev.memtune.core.wire.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** The entry of the state Record: bytes in, bytes out. */
public final class RecorderHandler implements RequestStreamHandler {
    private final Recorder recorder;

    /** The step on the ports that the function's environment names. */
    public RecorderHandler() {
        this(recorder(StepPorts.ofEnvironment(), UploadPorts.ofEnvironment()));
    }

    /** @param recorder the step */
    public RecorderHandler(Recorder recorder) {
        this.recorder = recorder;
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        RecorderInput request = Json.mapper().readValue(input, RecorderInput.class);
        Json.mapper().writeValue(output, recorder.record(request));
    }

    private static Recorder recorder(StepPorts ports, UploadPorts uploads) {
        TuningStatus status = new TuningStatus(uploads.registryIfAny(), ports.clock());
        return new Recorder(ports.store(), ports.clock())
                .telling(new EndNews(status, uploads.announcers(), UploadPorts::log));
    }
}
