// SPDX-License-Identifier: Apache-2.0
package dev.memtune.tests.wire;

import dev.memtune.aws.AwsFunctionControl;
import dev.memtune.aws.AwsFunctionDeployer;
import dev.memtune.aws.AwsFunctionInvoker;
import dev.memtune.aws.AwsReportSource;
import dev.memtune.aws.Endpoint;
import dev.memtune.aws.LambdaClients;
import dev.memtune.core.port.FunctionControl;
import dev.memtune.core.port.FunctionDeployer.Deployment;
import dev.memtune.core.port.FunctionInvoker;
import dev.memtune.core.port.FunctionInvokerContract;
import dev.memtune.core.port.ReportSource;
import dev.memtune.core.port.Sleeper;
import dev.memtune.local.model.ModelCurve;
import dev.memtune.local.model.ModelFunctionRunner;
import dev.memtune.local.service.EmbeddedLambda;
import dev.memtune.local.service.ServiceSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The adapters of invocations and logs speak over HTTP with the embedded service. */
class AwsFunctionInvokerTest extends FunctionInvokerContract {
    private static final Sleeper SLEEPER = duration -> Thread.sleep(duration.toMillis());

    @TempDir
    private Path directory;

    private EmbeddedLambda service;
    private LambdaClients clients;
    private AwsReportSource logs;

    @Override
    @BeforeEach
    protected void publish() throws InterruptedException {
        service = started(directory);
        Endpoint endpoint = new Endpoint.Loopback(service.endpoint(), "us-east-1");
        clients = LambdaClients.of(endpoint);
        logs = AwsReportSource.of(endpoint, InstantSource.system(), SLEEPER);
        new AwsFunctionDeployer(clients, "arn:aws:iam::000000000000:role/x", SLEEPER)
                .deploy(new Deployment(function(), "python3.13", "index.handler", zip(), 512, 30, Map.of()));
        super.publish();
    }

    private static EmbeddedLambda started(Path directory) {
        ModelFunctionRunner runner = new ModelFunctionRunner(new ModelCurve(0, 1, 1, 0, 64), new SplittableRandom(1));
        try {
            return EmbeddedLambda.start(
                    ServiceSettings.defaults(directory, InstantSource.system(), new SplittableRandom(2)), runner);
        } catch (IOException e) {
            throw new UncheckedIOException("the embedded service did not start", e);
        }
    }

    private static byte[] zip() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("index.py"));
            zip.write('#');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    @AfterEach
    void stop() throws IOException {
        logs.close();
        clients.close();
        service.close();
    }

    @Override
    protected FunctionInvoker invoker() {
        return new AwsFunctionInvoker(clients);
    }

    @Override
    protected ReportSource logs() {
        return logs;
    }

    @Override
    protected FunctionControl control() {
        return new AwsFunctionControl(clients, warning -> {});
    }

    @Override
    protected String function() {
        return "work";
    }

    @Override
    protected Sleeper sleeper() {
        return SLEEPER;
    }

    @Override
    protected Instant now() {
        return Instant.now();
    }
}
