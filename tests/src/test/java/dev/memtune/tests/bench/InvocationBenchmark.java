// SPDX-License-Identifier: Apache-2.0
package dev.memtune.tests.bench;

import com.sun.management.OperatingSystemMXBean;
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
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * 500 invocations at once of a function that waits for 100 ms, from one Execute step through the SDK to the embedded service
 * in the same process: the wall time beside the ideal of one wait, and the heap in use while they are under way.
 */
public final class InvocationBenchmark {
    private static final int INVOCATIONS = 500;
    private static final int WAIT_MS = 100;
    private static final int SIZE_MB = 512;
    private static final int ROUNDS = 5;
    private static final String FUNCTION = "work";
    private static final Sleeper SLEEPER = duration -> Thread.sleep(duration);

    private InvocationBenchmark() {}

    /** Prints the figures; takes no arguments. */
    public static void main(String[] arguments) throws Exception {
        Path directory = Files.createTempDirectory("memtune-benchmark");
        ModelFunctionRunner runner =
                new ModelFunctionRunner(new ModelCurve(0, WAIT_MS, 0, 0, 64), new SplittableRandom(1));
        ServiceSettings settings = ServiceSettings.defaults(directory, InstantSource.system(), new SplittableRandom(2));
        try (EmbeddedLambda service = EmbeddedLambda.start(settings, runner);
                LambdaClients clients = LambdaClients.of(new Endpoint.Loopback(service.endpoint(), "us-east-1"))) {
            Arm arm = publish(clients);
            for (int round = 1; round <= ROUNDS; round++) {
                measure(clients, arm, round);
            }
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

    private static void measure(LambdaClients clients, Arm arm, int round) throws Exception {
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
        OperatingSystemMXBean machine = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long cpuBefore = machine.getProcessCpuTime();
        long begin = System.nanoTime();
        ExecutorOutput output =
                executor.execute(new ExecutorInput(ref, 1, new Allocation(arm, 0, INVOCATIONS, INVOCATIONS), null));
        double wallMs = (System.nanoTime() - begin) / 1e6;
        double cpuMs = (machine.getProcessCpuTime() - cpuBefore) / 1e6 / INVOCATIONS;
        double heapMB = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / 1e6;
        System.out.printf(
                "round %d: %d of %d measured, wall %.0f ms, ratio to %d ms %.2f; processor %.2f ms per invocation for"
                        + " client and service; heap in use at the end %.0f MB%n",
                round, output.measured(), INVOCATIONS, wallMs, WAIT_MS, wallMs / WAIT_MS, cpuMs, heapMB);
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
