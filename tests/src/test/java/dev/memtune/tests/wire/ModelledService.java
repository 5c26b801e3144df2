// SPDX-License-Identifier: Apache-2.0
package dev.memtune.tests.wire;

import dev.memtune.aws.AwsFunctionDeployer;
import dev.memtune.aws.AwsReportSource;
import dev.memtune.aws.Endpoint;
import dev.memtune.aws.LambdaClients;
import dev.memtune.core.port.FunctionDeployer.Deployment;
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
import java.time.InstantSource;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * The embedded service whose functions are computed, not run, and AWS's clients of it.
 *
 * @param lambda the service
 * @param clients of Lambda
 * @param logs of CloudWatch Logs
 */
record ModelledService(EmbeddedLambda lambda, LambdaClients clients, AwsReportSource logs) implements AutoCloseable {
    static final Sleeper SLEEPER = duration -> Thread.sleep(duration.toMillis());

    private static final ModelCurve CURVE = new ModelCurve(10, 1, 5, 0, 64);

    /** With changes that take a moment, as they do on AWS. */
    static ModelledService start(Path directory) throws IOException {
        return start(settings(directory));
    }

    /** With changes that are made at once. */
    static ModelledService startWithoutWindows(Path directory) throws IOException {
        return start(settings(directory).withWindows(Windows.NONE));
    }

    private static ServiceSettings settings(Path directory) {
        return ServiceSettings.defaults(directory, InstantSource.system(), new SplittableRandom(2));
    }

    private static ModelledService start(ServiceSettings settings) throws IOException {
        EmbeddedLambda lambda = EmbeddedLambda.start(settings, new ModelFunctionRunner(CURVE, new SplittableRandom(1)));
        Endpoint endpoint = new Endpoint.Loopback(lambda.endpoint(), "us-east-1");
        return new ModelledService(
                lambda, LambdaClients.of(endpoint), AwsReportSource.of(endpoint, InstantSource.system(), SLEEPER));
    }

    /** Creates a function, or gives it other code, memory and variables. */
    void deploy(String function, String code, int memoryMB, Map<String, String> environment)
            throws IOException, InterruptedException {
        new AwsFunctionDeployer(clients, "arn:aws:iam::000000000000:role/x", SLEEPER)
                .deploy(new Deployment(function, "python3.13", "index.handler", zip(code), memoryMB, 30, environment));
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
    public void close() throws IOException {
        logs.close();
        clients.close();
        lambda.close();
    }
}
