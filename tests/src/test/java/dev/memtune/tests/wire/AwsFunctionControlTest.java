// SPDX-License-Identifier: Apache-2.0
package dev.memtune.tests.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memtune.aws.AwsFunctionControl;
import dev.memtune.aws.AwsFunctionDeployer;
import dev.memtune.aws.AwsFunctionInvoker;
import dev.memtune.aws.Endpoint;
import dev.memtune.aws.LambdaClients;
import dev.memtune.core.function.FunctionConfiguration;
import dev.memtune.core.port.FunctionControl;
import dev.memtune.core.port.FunctionControlContract;
import dev.memtune.core.port.FunctionDeployer.Deployment;
import dev.memtune.core.port.FunctionInvoker;
import dev.memtune.core.port.Sleeper;
import dev.memtune.local.model.ModelCurve;
import dev.memtune.local.model.ModelFunctionRunner;
import dev.memtune.local.service.EmbeddedLambda;
import dev.memtune.local.service.ServiceSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The adapters speak over HTTP with the embedded service. */
class AwsFunctionControlTest extends FunctionControlContract {
    private static final Sleeper SLEEPER = duration -> Thread.sleep(duration.toMillis());

    @TempDir
    private Path directory;

    private final List<String> warnings = new ArrayList<>();
    private EmbeddedLambda service;
    private LambdaClients clients;
    private AwsFunctionControl control;

    @BeforeEach
    void start() throws Exception {
        ModelFunctionRunner runner = new ModelFunctionRunner(new ModelCurve(10, 1, 5, 0, 64), new SplittableRandom(1));
        service = EmbeddedLambda.start(
                ServiceSettings.defaults(directory, InstantSource.system(), new SplittableRandom(2)), runner);
        clients = LambdaClients.of(new Endpoint.Loopback(service.endpoint(), "us-east-1"));
        control = new AwsFunctionControl(clients, warnings::add);
        deploy(512, "one");
    }

    @AfterEach
    void stop() throws IOException {
        clients.close();
        service.close();
    }

    private FunctionConfiguration deploy(int memoryMB, String code) throws Exception {
        new AwsFunctionDeployer(clients, "arn:aws:iam::000000000000:role/x", SLEEPER)
                .deploy(new Deployment(
                        function(), "python3.13", "index.handler", zip(code), memoryMB, 30, Map.of("MODE", "b")));
        return control.configuration(function(), FunctionConfiguration.LATEST);
    }

    private static byte[] zip(String code) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("index.py"));
            zip.write(code.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    @Override
    protected FunctionControl control() {
        return control;
    }

    @Override
    protected String function() {
        return "work";
    }

    @Override
    protected Sleeper sleeper() {
        return SLEEPER;
    }

    @Test
    void deploysAgainOverWhatIsThere() throws Exception {
        FunctionConfiguration before = settled();
        FunctionConfiguration after = deploy(1024, "two");
        assertThat(after.memoryMB()).isEqualTo(1024);
        assertThat(after.codeSha256()).isNotEqualTo(before.codeSha256());
        assertThat(after.settingsDigest()).isEqualTo(before.settingsDigest());
        assertThat(after.isActive() && after.isSettled()).isTrue();
    }

    @Test
    void tellsTheSameSettingsInEveryAnswer() throws Exception {
        FunctionConfiguration latest = settled();
        FunctionConfiguration version = control.publishVersion(function(), null, null, "x");
        assertThat(version.settingsDigest()).isEqualTo(latest.settingsDigest());
        assertThat(control.versions(function()))
                .extracting(FunctionConfiguration::settingsDigest)
                .containsOnly(latest.settingsDigest());
        assertThat(warnings).isEmpty();
    }

    @Test
    void invokesAVersionAndReadsItsReport() throws Exception {
        control.publishVersion(function(), null, settled().revisionId(), "x");
        for (int poll = 0; poll < 100 && !control.configuration(function(), "1").isActive(); poll++) {
            SLEEPER.sleep(Duration.ofMillis(20));
        }
        FunctionInvoker.Response response = new AwsFunctionInvoker(clients)
                .invoke(new FunctionInvoker.Request(function(), "1", "{\"a\":1}".getBytes(StandardCharsets.UTF_8), 30));
        assertThat(response.payload()).asString(StandardCharsets.UTF_8).isEqualTo("{\"a\":1}");
        assertThat(response.functionError()).isNull();
        assertThat(response.executedVersion()).isEqualTo("1");
        assertThat(response.logTail())
                .asString(StandardCharsets.UTF_8)
                .contains("REPORT RequestId: " + response.requestId());
    }
}
