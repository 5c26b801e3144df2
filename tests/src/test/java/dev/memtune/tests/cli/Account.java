// SPDX-License-Identifier: Apache-2.0
package dev.memtune.tests.cli;

import dev.memtune.aws.AwsFunctionControl;
import dev.memtune.aws.AwsFunctionDeployer;
import dev.memtune.aws.Endpoint;
import dev.memtune.aws.LambdaClients;
import dev.memtune.core.function.FunctionConfiguration;
import dev.memtune.core.port.FunctionControl;
import dev.memtune.core.port.FunctionDeployer.Deployment;
import dev.memtune.local.function.Windows;
import dev.memtune.local.model.ModelCurve;
import dev.memtune.local.model.ModelFunctionRunner;
import dev.memtune.local.service.CallInterceptor;
import dev.memtune.local.service.EmbeddedLambda;
import dev.memtune.local.service.ServiceSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A Lambda endpoint in this process, as a stand-in for an account; its functions are computed, not run. */
final class Account implements AutoCloseable {
    /** The function that is deployed there, at 512 MB, with {@code prod} on its version 1. */
    static final String FUNCTION = "work";

    private static final ModelCurve CURVE = new ModelCurve(10, 40, 5, 0.01, 64);
    private static final int POLLS_MAX = 500;

    private final EmbeddedLambda service;
    private final LambdaClients clients;
    private final FunctionControl control;

    private Account(EmbeddedLambda service) {
        this.service = service;
        this.clients = LambdaClients.of(new Endpoint.Loopback(service.endpoint(), "us-east-1"));
        this.control = new AwsFunctionControl(clients, warning -> {});
    }

    /** Starts an endpoint without functions, over what is kept in a folder. */
    static Account over(Path folder, CallInterceptor interceptor) throws IOException {
        ModelFunctionRunner runner = new ModelFunctionRunner(CURVE, new SplittableRandom(1));
        ServiceSettings settings = ServiceSettings.defaults(folder, InstantSource.system(), new SplittableRandom(2))
                .withInterceptor(interceptor);
        return new Account(EmbeddedLambda.start(settings, runner));
    }

    /** Starts an endpoint and deploys the function. */
    static Account withFunction(Path folder, CallInterceptor interceptor) throws IOException, InterruptedException {
        Account account = over(folder, interceptor);
        account.deploy();
        return account;
    }

    private void deploy() throws IOException, InterruptedException {
        ByteArrayOutputStream code = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(code)) {
            zip.putNextEntry(new ZipEntry("index.py"));
        }
        new AwsFunctionDeployer(clients, "arn:aws:iam::000000000000:role/x", Account::pause)
                .deploy(new Deployment(
                        FUNCTION, "python3.12", "index.handler", code.toByteArray(), 512, 30, Map.of("MODE", "real")));
        control.createAlias(FUNCTION, "prod", published("the user's own"), "the user's alias");
    }

    /** Gives {@code $LATEST} another memory size and publishes it. @return the version, which is active */
    String publish(int memoryMB) throws InterruptedException {
        control.updateMemory(FUNCTION, memoryMB, null);
        settled(FunctionConfiguration.LATEST);
        return published("the user's next");
    }

    private String published(String description) throws InterruptedException {
        return settled(control.publishVersion(FUNCTION, null, null, description).version());
    }

    private String settled(String version) throws InterruptedException {
        FunctionConfiguration one = control.configuration(FUNCTION, version);
        for (int poll = 0; poll < POLLS_MAX && !(one.isActive() && one.isSettled()); poll++) {
            pause(Duration.ofMillis(10));
            one = control.configuration(FUNCTION, version);
        }
        return version;
    }

    private static void pause(Duration time) throws InterruptedException {
        Thread.sleep(time);
    }

    /** What makes a command line in another process talk to this endpoint. */
    Map<String, String> environment() {
        return Map.of(
                "AWS_ENDPOINT_URL_LAMBDA", service.endpoint().toString(),
                "AWS_REGION", "us-east-1",
                "AWS_ACCESS_KEY_ID", "somebody",
                "AWS_SECRET_ACCESS_KEY", "something");
    }

    /** How long changes take from now on. */
    void windows(Windows windows) {
        service.switches().windows(windows);
    }

    FunctionControl control() {
        return control;
    }

    /** The function as it is now. */
    Snapshot snapshot() {
        return snapshot(FUNCTION);
    }

    Snapshot snapshot(String function) {
        return Snapshot.of(control, function);
    }

    @Override
    public void close() throws IOException {
        clients.close();
        service.close();
    }
}
