// SPDX-License-Identifier: Apache-2.0
package dev.memtune.tests.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memtune.aws.AwsFunctionControl;
import dev.memtune.aws.AwsFunctionInvoker;
import dev.memtune.aws.LambdaClients;
import dev.memtune.core.function.FunctionConfiguration;
import dev.memtune.core.port.FunctionControl;
import dev.memtune.core.port.FunctionControlContract;
import dev.memtune.core.port.FunctionInvoker;
import dev.memtune.core.port.Sleeper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The adapters speak over HTTP with the embedded service. */
class AwsFunctionControlTest extends FunctionControlContract {
    @TempDir
    private Path directory;

    private final List<String> warnings = new ArrayList<>();
    private ModelledService service;
    private LambdaClients clients;
    private AwsFunctionControl control;

    @BeforeEach
    void start() throws Exception {
        service = ModelledService.start(directory);
        clients = service.clients();
        control = new AwsFunctionControl(clients, warnings::add);
        deploy(512, "one");
    }

    @AfterEach
    void stop() throws IOException {
        service.close();
    }

    private FunctionConfiguration deploy(int memoryMB, String code) throws Exception {
        service.deploy(function(), code, memoryMB, Map.of("MODE", "b"));
        return control.configuration(function(), FunctionConfiguration.LATEST);
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
        return ModelledService.SLEEPER;
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
            ModelledService.SLEEPER.sleep(Duration.ofMillis(20));
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
