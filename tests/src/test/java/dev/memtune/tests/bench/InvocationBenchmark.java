// SPDX-License-Identifier: Apache-2.0
package dev.memtune.tests.bench;

import dev.memtune.aws.AwsFunctionControl;
import dev.memtune.aws.AwsFunctionDeployer;
import dev.memtune.aws.AwsFunctionInvoker;
import dev.memtune.aws.Endpoint;
import dev.memtune.aws.LambdaClients;
import dev.memtune.core.fanout.FanOut;
import dev.memtune.core.function.FunctionConfiguration;
import dev.memtune.core.port.FunctionDeployer.Deployment;
import dev.memtune.core.port.InMemoryRunStore;
import dev.memtune.core.port.ReportSource;
import dev.memtune.core.port.Sleeper;
import dev.memtune.core.run.Arm;
import dev.memtune.core.run.Run;
import dev.memtune.core.wire.Allocation;
import dev.memtune.core.wire.Json;
import dev.memtune.core.wire.NamedPayload;
import dev.memtune.core.wire.RunRef;
import dev.memtune.core.wire.TuningInput;
import dev.memtune.core.wire.TuningInputReader;
import dev.memtune.executor.Executor;
import dev.memtune.executor.ExecutorInput;
import dev.memtune.executor.ExecutorOutput;
import dev.memtune.local.model.ModelCurve;
import dev.memtune.local.model.ModelFunctionRunner;
import dev.memtune.local.service.EmbeddedLambda;
import dev.memtune.local.service.ServiceSettings;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * 500 invocations at once of a function that waits for 100 ms, from one Execute step through the SDK to the embedded service
 * in another process: the wall time beside the ideal of one wait, the processor time of either side, and the heap of the step.
 * No wall time can be less than the processor time divided by the processors that are free.
 */
public final class InvocationBenchmark {
    private static final int INVOCATIONS = 500;
    private static final int WAIT_MS = 100;
    private static final int SIZE_MB = 512;
    private static final int ROUNDS = 8;
    private static final String SERVE = "--serve";
    private static final String FUNCTION = "work";
    private static final Sleeper SLEEPER = duration -> Thread.sleep(duration);

    private InvocationBenchmark() {}

    /** Prints the figures; takes no arguments, but {@value #SERVE} to be the service of another such process. */
    public static void main(String[] arguments) throws Exception {
        if (List.of(arguments).contains(SERVE)) {
            serve();
            return;
        }
        Process service = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        InvocationBenchmark.class.getName(),
                        SERVE)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader out = service.inputReader()) {
            URI endpoint = URI.create(out.readLine());
            try (LambdaClients clients = LambdaClients.of(new Endpoint.Loopback(endpoint, "us-east-1"))) {
                System.out.println(BenchService.load());
                Arm arm = publish(clients);
                for (int round = 1; round <= ROUNDS; round++) {
                    measure(clients, arm, round, service.toHandle());
                }
                System.out.println(BenchService.load());
            }
        } finally {
            service.destroy();
        }
    }

    /** Until the process is ended. */
    private static void serve() throws Exception {
        Path directory = Files.createTempDirectory("memtune-benchmark");
        ModelFunctionRunner runner =
                new ModelFunctionRunner(new ModelCurve(0, WAIT_MS, 0, 0, 64), new SplittableRandom(1));
        ServiceSettings settings = ServiceSettings.defaults(directory, InstantSource.system(), new SplittableRandom(2));
        try (EmbeddedLambda service = EmbeddedLambda.start(settings, runner)) {
            System.out.println(service.endpoint());
            new CountDownLatch(1).await();
        }
    }

    private static Arm publish(LambdaClients clients) throws Exception {
        new AwsFunctionDeployer(clients, "arn:aws:iam::000000000000:role/x", SLEEPER)
                .deploy(new Deployment(FUNCTION, "python3.13", "index.handler", zip(), SIZE_MB, 30, Map.of()));
        AwsFunctionControl control = new AwsFunctionControl(clients, System.err::println);
        FunctionConfiguration version = control.publishVersion(FUNCTION, null, null, "ours");
        control.createAlias(FUNCTION, "memtune-512", version.version(), "ours");
        SLEEPER.sleep(Duration.ofSeconds(1));
        return Arm.ofSize(SIZE_MB).publishedAs(version.version(), "memtune-512");
    }

    private static byte[] zip() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("index.py"));
            zip.write('#');
        }
        return bytes.toByteArray();
    }

    private static double cpuMs(ProcessHandle process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e6;
    }

    private static void measure(LambdaClients clients, Arm arm, int round, ProcessHandle service) throws Exception {
        InMemoryRunStore store = new InMemoryRunStore();
        RunRef ref = begin(clients, store, "round" + round);
        Executor executor = new Executor(
                store,
                new AwsFunctionInvoker(clients),
                ReportSource.NONE,
                new FanOut(Thread.ofVirtual().factory(), InstantSource.system()),
                InstantSource.system(),
                SLEEPER,
                Duration.ofMinutes(10));
        double stepBefore = cpuMs(ProcessHandle.current());
        double serviceBefore = cpuMs(service);
        long begin = System.nanoTime();
        ExecutorOutput output =
                executor.execute(new ExecutorInput(ref, 1, new Allocation(arm, 0, INVOCATIONS, INVOCATIONS), null));
        double wallMs = (System.nanoTime() - begin) / 1e6;
        double heapMB = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / 1e6;
        System.out.printf(
                Locale.ROOT,
                "round %d: %d of %d measured, wall %.0f ms, ratio to %d ms %.1f; processor per invocation: step and SDK"
                        + " %.2f ms, service %.2f ms; heap of the step %.0f MB%n",
                round,
                output.measured(),
                INVOCATIONS,
                wallMs,
                WAIT_MS,
                wallMs / WAIT_MS,
                (cpuMs(ProcessHandle.current()) - stepBefore) / INVOCATIONS,
                (cpuMs(service) - serviceBefore) / INVOCATIONS,
                heapMB);
    }

    private static RunRef begin(LambdaClients clients, InMemoryRunStore store, String runId) {
        String json = "{\"lambdaARN\":\"" + FUNCTION + "\",\"num\":" + INVOCATIONS + ",\"powerValues\":[512]}";
        TuningInput input = TuningInputReader.read(Json.tree(json.getBytes(StandardCharsets.UTF_8)), 1);
        FunctionConfiguration before = new AwsFunctionControl(clients, System.err::println)
                .configuration(FUNCTION, FunctionConfiguration.LATEST);
        Instant now = Instant.now();
        store.create(new Run(runId, runId, FUNCTION, before, 0, null, input, INVOCATIONS, now, now.plusSeconds(3600)));
        store.putDocument(runId, NamedPayload.DOCUMENT, Json.write(input.payloads()));
        return new RunRef(runId, FUNCTION, 1);
    }
}
