// SPDX-License-Identifier: Apache-2.0
package dev.memtune.cli.host;

import dev.memtune.aws.AwsFunctionDeployer;
import dev.memtune.aws.AwsReportSource;
import dev.memtune.aws.Endpoint;
import dev.memtune.aws.LambdaClients;
import dev.memtune.core.algorithm.AlgorithmPackage;
import dev.memtune.core.port.FunctionDeployer;
import dev.memtune.core.port.FunctionDeployer.Deployment;
import dev.memtune.core.port.ReportSource;
import dev.memtune.core.port.Sleeper;
import dev.memtune.core.price.Architecture;
import dev.memtune.local.function.Windows;
import dev.memtune.local.process.Isolation;
import dev.memtune.local.process.ProcessFunctionRunner;
import dev.memtune.local.process.ProcessSettings;
import dev.memtune.local.process.Runtimes;
import dev.memtune.local.service.EmbeddedLambda;
import dev.memtune.local.service.ServiceSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** An embedded Lambda service with the clients that talk to it. */
public final class EmbeddedHost implements AutoCloseable {
    /** Functions on this machine run as the person who started them; the API wants a role all the same. */
    private static final String ROLE_ARN = "arn:aws:iam::000000000000:role/memtune-local";

    private static final Sleeper SLEEPER = duration -> Thread.sleep(Duration.ofNanos(duration.toNanos()));

    private final ProcessFunctionRunner runner;
    private final EmbeddedLambda service;
    private final LambdaClients clients;
    private final AwsReportSource logs;
    private final Runtimes runtimes;

    private EmbeddedHost(ProcessFunctionRunner runner, EmbeddedLambda service, Runtimes runtimes) {
        this.runner = runner;
        this.service = service;
        this.runtimes = runtimes;
        Endpoint endpoint = at(service.endpoint());
        this.clients = LambdaClients.of(endpoint);
        this.logs = AwsReportSource.of(endpoint, InstantSource.system(), SLEEPER);
    }

    /**
     * Starts a service on a free loopback port.
     *
     * @param directory where its functions are kept
     * @throws IOException if the directory is unusable, or in use by another service
     */
    public static EmbeddedHost start(Path directory) throws IOException {
        ProcessSettings processes = ProcessSettings.defaults();
        ProcessFunctionRunner runner = new ProcessFunctionRunner(processes);
        try {
            // AWS's waiting for updates has nothing to teach here; tests of the flow and other clients have it.
            ServiceSettings settings = ServiceSettings.defaults(
                            directory, InstantSource.system(), RandomGenerator.getDefault())
                    .withWindows(Windows.NONE);
            return new EmbeddedHost(runner, EmbeddedLambda.start(settings, runner), new Runtimes(processes.javaHome()));
        } catch (IOException | RuntimeException e) {
            runner.close();
            throw e;
        }
    }

    /** Such a service, which may be another process's. */
    public static Endpoint at(URI service) {
        return new Endpoint.Loopback(service, "us-east-1");
    }

    /** Where this service answers. */
    public URI endpoint() {
        return service.endpoint();
    }

    /** The clients of this service. */
    public LambdaClients clients() {
        return clients;
    }

    /** The logs of its functions. */
    public ReportSource logs() {
        return logs;
    }

    /** How the CPU share and the memory limit are enforced. */
    public Isolation isolation() {
        return runner.isolation();
    }

    /** Why this algorithm cannot run on this machine, with what to install; empty if it can. */
    public Optional<String> missing(AlgorithmPackage algorithm) {
        return missing(algorithm.metadata().runtime());
    }

    /** Why this runtime is not to be had on this machine, with what to install; empty if it is. */
    public Optional<String> missing(String runtime) {
        return Runtimes.Family.of(runtime).flatMap(runtimes::missing);
    }

    /** Deploys to this service. */
    public FunctionDeployer deployer() {
        return new AwsFunctionDeployer(clients, ROLE_ARN, SLEEPER);
    }

    /**
     * Deploys an algorithm; it is active when this returns.
     *
     * @param memoryMB the memory size of {@code $LATEST}
     * @param environment variables besides the algorithm's own
     * @throws InterruptedException if the thread is interrupted while waiting
     */
    public void deploy(AlgorithmPackage algorithm, int memoryMB, Map<String, String> environment)
            throws InterruptedException {
        deploy(algorithm, algorithm.name(), memoryMB, environment);
    }

    /** Deploys an algorithm under another name; it is active when this returns. */
    public void deploy(AlgorithmPackage algorithm, String name, int memoryMB) throws InterruptedException {
        deploy(algorithm, name, memoryMB, Map.of());
    }

    private void deploy(AlgorithmPackage algorithm, String name, int memoryMB, Map<String, String> environment)
            throws InterruptedException {
        Map<String, String> variables = new LinkedHashMap<>(algorithm.metadata().environment());
        variables.putAll(environment);
        Deployment deployment = new Deployment(
                name,
                algorithm.metadata().runtime(),
                algorithm.handler(),
                algorithm.metadata().architecture().orElse(Architecture.X86_64),
                algorithm.deployableZip(),
                memoryMB,
                algorithm.metadata().timeoutSeconds(),
                variables,
                algorithm.metadata().layers());
        deployer().deploy(deployment);
    }

    @Override
    public void close() throws IOException {
        logs.close();
        clients.close();
        service.close();
    }
}
