// SPDX-License-Identifier: Apache-2.0
package dev.memtune.recorder;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.memtune.aws.StepMeter;
import dev.memtune.aws.StepPorts;
import dev.memtune.aws.UploadPorts;
import dev.memtune.core.registry.TuningStatus;
import dev.memtune.core.run.Step;
import dev.memtune.core.wire.Json;
import dev.memtune.core.wire.PriceTableReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** The entry of the state Record: bytes in, bytes out. */
public final class RecorderHandler implements RequestStreamHandler {
    private final Recorder recorder;
    private final StepMeter meter;

    /** The step on the ports that the function's environment names. */
    public RecorderHandler() {
        this(StepPorts.ofEnvironment(), UploadPorts.ofEnvironment());
    }

    private RecorderHandler(StepPorts ports, UploadPorts uploads) {
        this(recorder(ports, uploads), ports.meter());
    }

    /**
     * The step itself.
     *
     * @param recorder the step
     * @param meter counts its calls
     */
    public RecorderHandler(Recorder recorder, StepMeter meter) {
        this.recorder = recorder;
        this.meter = meter;
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        try (StepMeter.Call call = meter.begin()) {
            RecorderInput request = Json.mapper().readValue(input, RecorderInput.class);
            RecorderOutput end = recorder.record(request, call.used());
            call.of(end.runId(), Step.RECORD);
            Json.mapper().writeValue(output, end);
            call.done(false);
        }
    }

    private static Recorder recorder(StepPorts ports, UploadPorts uploads) {
        TuningStatus status = new TuningStatus(uploads.registryIfAny(), ports.clock());
        return new Recorder(ports.store(), ports.clock())
                .billedAt(ports.ownPrice(PriceTableReader.bundled()))
                .telling(new EndNews(status, uploads.announcers(), UploadPorts::log));
    }
}
