// SPDX-License-Identifier: Apache-2.0
package dev.memtune.tests.bench;

import dev.memtune.local.process.CpuMeans;
import dev.memtune.local.process.Invocation;
import dev.memtune.local.process.InvocationResult;
import dev.memtune.local.process.ProcessFunctionRunner;
import dev.memtune.local.process.ProcessSettings;
import dev.memtune.local.process.RunnableVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.DoubleStream;

/**
 * Fixed CPU work at several memory sizes: measured duration over the ideal, which is the duration at 1,769 MB times
 * {@code 1769/m}. Arguments: the means to force ({@code cgroup1}, {@code duty}, ...), samples per size.
 */
public final class CpuShareBenchmark {
    private static final int[] SIZES_MB = {1769, 1024, 512, 256, 128};
    private static final String PYTHON = """
            def handler(event, context):
                x = 0
                for i in range(event):
                    x = (x * 31 + i) % 1000003
                return x
            """;

    private CpuShareBenchmark() {}

    /** Prints one line per size. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        CpuMeans means = CpuMeans.of(arguments.length > 0 ? arguments[0] : "cgroup1");
        int samples = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 5;
        Path code = Files.createTempDirectory("cpu-share-");
        Files.writeString(code.resolve("app.py"), PYTHON);
        try (ProcessFunctionRunner runner =
                new ProcessFunctionRunner(ProcessSettings.defaults().withCpu(means))) {
            System.out.println("python, " + runner.isolation().cpu() + ", median of " + samples);
            double fullMs = 0;
            for (int memoryMB : SIZES_MB) {
                double medianMs = medianMs(runner, version(code, memoryMB), samples);
                fullMs = memoryMB == 1769 ? medianMs : fullMs;
                double ratio = medianMs / (fullMs * 1769 / memoryMB);
                System.out.printf(Locale.ROOT, "%5d MB  %8.1f ms  ratio %.3f%n", memoryMB, medianMs, ratio);
            }
        }
    }

    private static RunnableVersion version(Path code, int memoryMB) {
        return new RunnableVersion(
                "bench:" + memoryMB,
                "bench",
                "1",
                "python3.12",
                "app.handler",
                code,
                memoryMB,
                Duration.ofSeconds(60),
                Map.of());
    }

    private static double medianMs(ProcessFunctionRunner runner, RunnableVersion version, int samples)
            throws InterruptedException {
        double[] sorted = new double[samples];
        for (int i = 0; i < samples; i++) {
            byte[] event = "1500000".getBytes(StandardCharsets.UTF_8);
            Invocation invocation = new Invocation(UUID.randomUUID().toString(), "arn", event, Optional.empty());
            InvocationResult result = runner.invoke(version, invocation);
            String log = new String(result.log(), StandardCharsets.UTF_8);
            sorted[i] = Double.parseDouble(log.replaceAll("(?s).*\tDuration: ([0-9.]+) ms.*", "$1"));
        }
        return DoubleStream.of(sorted).sorted().toArray()[samples / 2];
    }
}
