// SPDX-License-Identifier: Apache-2.0
package dev.memtune.tests.clients;

import dev.memtune.aws.AwsFunctionDeployer;
import dev.memtune.aws.Endpoint;
import dev.memtune.aws.LambdaClients;
import dev.memtune.core.port.FunctionDeployer.Deployment;
import dev.memtune.local.function.Windows;
import dev.memtune.local.process.ProcessFunctionRunner;
import dev.memtune.local.process.ProcessSettings;
import dev.memtune.local.service.EmbeddedLambda;
import dev.memtune.local.service.ServiceSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.SplittableRandom;

/** The embedded service over real processes, as {@code memtune serve} starts it. */
final class LiveService implements AutoCloseable {
    /** Long enough for a client on a busy machine to see the states within. */
    private static final Duration WINDOW = Duration.ofMillis(1500);

    private final EmbeddedLambda service;

    private LiveService(EmbeddedLambda service) {
        this.service = service;
    }

    static LiveService start(Path folder) throws IOException {
        ProcessFunctionRunner runner = new ProcessFunctionRunner(ProcessSettings.defaults());
        try {
            ServiceSettings settings = ServiceSettings.defaults(folder, InstantSource.system(), new SplittableRandom(1))
                    .withWindows(new Windows(WINDOW, WINDOW, WINDOW));
            return new LiveService(EmbeddedLambda.start(settings, runner));
        } catch (IOException e) {
            runner.close();
            throw e;
        }
    }

    String endpoint() {
        return service.endpoint().toString();
    }

    /** Clients in this process. */
    LambdaClients clients() {
        return LambdaClients.of(new Endpoint.Loopback(service.endpoint(), "us-east-1"));
    }

    /** Deploys Python code with 512 MB; its handler is {@code handler}. */
    void deployPython(String name, String code) throws IOException, InterruptedException {
        try (LambdaClients clients = clients()) {
            new AwsFunctionDeployer(
                            clients, "arn:aws:iam::000000000000:role/judged", time -> Thread.sleep(time.toMillis()))
                    .deploy(new Deployment(
                            name, "python3.12", "app.handler", Archive.of(Map.of("app.py", code)), 512, 30, Map.of()));
        }
    }

    /** What makes AWS's clients talk to it. */
    Map<String, String> environment() {
        return Map.of(
                "AWS_ENDPOINT_URL", endpoint(),
                "AWS_ACCESS_KEY_ID", "judge",
                "AWS_SECRET_ACCESS_KEY", "judge",
                "AWS_REGION", "us-east-1",
                "AWS_DEFAULT_REGION", "us-east-1",
                "AWS_EC2_METADATA_DISABLED", "true");
    }

    @Override
    public void close() throws IOException {
        service.close();
    }
}
