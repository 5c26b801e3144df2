// SPDX-License-Identifier: Apache-2.0
package dev.memtune.analyzer;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.memtune.aws.StepMeter;
import dev.memtune.aws.StepPorts;
import dev.memtune.core.run.Step;
import dev.memtune.core.wire.Json;
import dev.memtune.core.wire.PriceTableReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** The entry of the state Analyze: bytes in, bytes out. */
public final class AnalyzerHandler implements RequestStreamHandler {
    private final Analyzer analyzer;
    private final StepMeter meter;

    /** The step on the ports that the function's environment names. */
    public AnalyzerHandler() {
        this(StepPorts.ofEnvironment());
    }

    private AnalyzerHandler(StepPorts ports) {
        this(new Analyzer(ports.store(), PriceTableReader.bundled()), ports.meter());
    }

    /**
     * The step itself.
     *
     * @param analyzer the step
     * @param meter counts its calls
     */
    public AnalyzerHandler(Analyzer analyzer, StepMeter meter) {
        this.analyzer = analyzer;
        this.meter = meter;
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        try (StepMeter.Call call = meter.begin()) {
            AnalyzerInput request = Json.mapper().readValue(input, AnalyzerInput.class);
            call.of(request.run().runId(), Step.ANALYZE);
            Json.mapper().writeValue(output, analyzer.analyze(request));
            call.done(false);
        }
    }
}
