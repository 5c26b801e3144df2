// SPDX-License-Identifier: Apache-2.0
package dev.memtune.analyzer;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.memtune.aws.StepPorts;
import dev.memtune.core.wire.Json;
import dev.memtune.core.wire.PriceTableReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** The entry of the state Analyze: bytes in, bytes out. */
public final class AnalyzerHandler implements RequestStreamHandler {
    private final Analyzer analyzer;

    /** The step on the ports that the function's environment names. */
    public AnalyzerHandler() {
        this(analyzer(StepPorts.ofEnvironment()));
    }

    /** @param analyzer the step */
    public AnalyzerHandler(Analyzer analyzer) {
        this.analyzer = analyzer;
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        AnalyzerInput request = Json.mapper().readValue(input, AnalyzerInput.class);
        Json.mapper().writeValue(output, analyzer.analyze(request));
    }

    private static Analyzer analyzer(StepPorts ports) {
        return new Analyzer(ports.store(), PriceTableReader.bundled(), true);
    }
}
