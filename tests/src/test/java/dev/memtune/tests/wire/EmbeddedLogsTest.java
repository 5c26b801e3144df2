// SPDX-License-Identifier: Apache-2.0
package dev.memtune.tests.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memtune.aws.AwsFunctionInvoker;
import dev.memtune.aws.AwsReportSource;
import dev.memtune.core.logs.ReportLookup;
import dev.memtune.core.port.FunctionInvoker;
import dev.memtune.core.port.ReportSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** AWS's own client reads the embedded service's logs. */
class EmbeddedLogsTest {
    private static final String GROUP = "/aws/lambda/work";

    @TempDir
    private Path directory;

    private ModelledService service;
    private AwsReportSource logs;

    @BeforeEach
    void start() throws Exception {
        service = ModelledService.startWithoutWindows(directory);
        service.deploy("work", "", 512, Map.of());
        logs = service.logs();
    }

    @AfterEach
    void stop() throws IOException {
        service.close();
    }

    private FunctionInvoker.Response invoke() {
        byte[] payload = "{}".getBytes(StandardCharsets.UTF_8);
        return new AwsFunctionInvoker(service.clients())
                .invoke(new FunctionInvoker.Request("work", "$LATEST", payload, 30));
    }

    @Test
    void theReportIsFoundByRequestId() throws Exception {
        Instant since = Instant.now();
        invoke();
        String requestId = invoke().requestId();
        ReportLookup lookup = logs.find(new ReportSource.Question(GROUP, requestId, since, Duration.ZERO));

        assertThat(lookup).isInstanceOfSatisfying(ReportLookup.Found.class, found -> assertThat(
                        found.report().requestId())
                .isEqualTo(requestId));
        assertThat(logs.recent(GROUP, since, Instant.now().plusSeconds(1))).isPresent();
    }

    @Test
    void aGroupThatWasNeverLoggedToIsToldOf() throws Exception {
        ReportLookup lookup =
                logs.find(new ReportSource.Question("/aws/lambda/gone", "id", Instant.now(), Duration.ZERO));

        assertThat(lookup).isInstanceOf(ReportLookup.Missing.class);
    }
}
