// SPDX-License-Identifier: Apache-2.0
package dev.memtune.tests.wire;

import dev.memtune.aws.AwsFunctionControl;
import dev.memtune.aws.AwsFunctionInvoker;
import dev.memtune.core.port.FunctionControl;
import dev.memtune.core.port.FunctionInvoker;
import dev.memtune.core.port.FunctionInvokerContract;
import dev.memtune.core.port.ReportSource;
import dev.memtune.core.port.Sleeper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The adapters of invocations and logs speak over HTTP with the embedded service. */
class AwsFunctionInvokerTest extends FunctionInvokerContract {
    @TempDir
    private Path directory;

    private ModelledService service;

    @Override
    @BeforeEach
    protected void publish() throws InterruptedException {
        try {
            service = ModelledService.start(directory);
            service.deploy(function(), "#", 512, Map.of());
        } catch (IOException e) {
            throw new UncheckedIOException("the embedded service did not start", e);
        }
        super.publish();
    }

    @AfterEach
    void stop() throws IOException {
        service.close();
    }

    @Override
    protected FunctionInvoker invoker() {
        return new AwsFunctionInvoker(service.clients());
    }

    @Override
    protected ReportSource logs() {
        return service.logs();
    }

    @Override
    protected FunctionControl control() {
        return new AwsFunctionControl(service.clients(), warning -> {});
    }

    @Override
    protected String function() {
        return "work";
    }

    @Override
    protected Sleeper sleeper() {
        return ModelledService.SLEEPER;
    }

    @Override
    protected Instant now() {
        return Instant.now();
    }
}
