// SPDX-License-Identifier: Apache-2.0
package dev.memtune.tests.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memtune.aws.AwsFunctionDeployer;
import dev.memtune.aws.AwsFunctionInvoker;
import dev.memtune.aws.AwsReportSource;
import dev.memtune.aws.Endpoint;
import dev.memtune.aws.LambdaClients;
import dev.memtune.core.logs.ReportLookup;
import dev.memtune.core.port.FunctionDeployer.Deployment;
import dev.memtune.core.port.FunctionInvoker;
import dev.memtune.core.port.ReportSource;
import dev.memtune.core.port.Sleeper;
import dev.memtune.local.function.Windows;
import dev.memtune.local.model.ModelCurve;
import dev.memtune.local.model.ModelFunctionRunner;
import dev.memtune.local.service.EmbeddedLambda;
import dev.memtune.local.service.ServiceSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** AWS's own client reads the embedded service's logs. */
class EmbeddedLogsTest {
    private static final Sleeper SLEEPER = duration -> Thread.sleep(duration.toMillis());
    private static final String GROUP = "/aws/lambda/work";

    @TempDir
    private Path directory;

    private EmbeddedLambda service;
    private LambdaClients clients;
    private AwsReportSource logs;

    @BeforeEach
    void start() throws Exception {
        ModelFunctionRunner runner = new ModelFunctionRunner(new ModelCurve(10, 1, 5, 0, 64), new SplittableRandom(1));
        service = EmbeddedLambda.start(
                ServiceSettings.defaults(directory, InstantSource.system(), new SplittableRandom(2))
                        .withWindows(Windows.NONE),
                runner);
        Endpoint endpoint = new Endpoint.Loopback(service.endpoint(), "us-east-1");
        clients = LambdaClients.of(endpoint);
        logs = AwsReportSource.of(endpoint, InstantSource.system(), SLEEPER);
        new AwsFunctionDeployer(clients, "arn:aws:iam::000000000000:role/x", SLEEPER)
                .deploy(new Deployment("work", "python3.13", "index.handler", zip(), 512, 30, Map.of()));
    }

    @AfterEach
    void stop() throws IOException {
        logs.close();
        clients.close();
        service.close();
    }

    private static byte[] zip() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("index.py"));
        }
        return bytes.toByteArray();
    }

    private FunctionInvoker.Response invoke() {
        byte[] payload = "{}".getBytes(StandardCharsets.UTF_8);
        return new AwsFunctionInvoker(clients).invoke(new FunctionInvoker.Request("work", "$LATEST", payload, 30));
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
