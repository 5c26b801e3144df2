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
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.tools.ToolProvider;

/**
 * Fixed CPU work of about 250 ms at several memory sizes, in Python and in Java. Per size: the fastest and the median
 * duration, the CPU time that the process of the fastest used, and how far the duration is from the ideal {@code 1769/m}, once
 * by that CPU time (which other load on the machine bends little) and once by the fastest duration at 1,769 MB. Overhead is
 * the caller's time less the duration.
 *
 * <p>Arguments: the means to force ({@code cgroup1}, {@code duty}, ...), samples per size.
 */
public final class CpuShareBenchmark {
    private static final int FULL_MB = 1769;
    private static final int[] SIZES_MB = {FULL_MB, 1024, 512, 256, 128};
    private static final String PYTHON = """
            import time
            def handler(event, context):
                start = time.process_time()
                x = 0
                for i in range(event):
                    x = (x * 31 + i) % 1000003
                return (time.process_time() - start) * 1000
            """;
    private static final String JAVA = """
            import java.lang.management.ManagementFactory;
            public class App {
                static final com.sun.management.OperatingSystemMXBean OS =
                    (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
                public double handle(int event) {
                    long start = OS.getProcessCpuTime();
                    long x = 0;
                    for (long i = 0; i < event; i++) x = (x * 31 + i) % 1000003;
                    if (x < 0) throw new IllegalStateException();
                    return (OS.getProcessCpuTime() - start) / 1e6;
                }
            }
            """;

    private CpuShareBenchmark() {}

    /** One invocation, all in milliseconds: its duration, its process's CPU time, the caller's time less the duration. */
    private record Sample(double durationMs, double cpuMs, double overheadMs) {
        double ratio(int memoryMB) {
            return durationMs / (cpuMs * Math.max(1, (double) FULL_MB / memoryMB));
        }
    }

    /** Prints one line per runtime and size. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        CpuMeans means = CpuMeans.of(arguments.length > 0 ? arguments[0] : "cgroup1");
        int samples = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 7;
        try (ProcessFunctionRunner runner =
                new ProcessFunctionRunner(ProcessSettings.defaults().withCpu(means))) {
            System.out.println(runner.isolation().cpu() + ", " + samples + " samples a size");
            sweep(runner, "python3.12", "app.handler", python(), samples, 4_500_000);
            sweep(runner, "java21", "App::handle", java(), samples, 60_000_000);
        }
    }

    private static void sweep(
            ProcessFunctionRunner runner, String runtime, String handler, Path code, int samples, int work)
            throws InterruptedException {
        System.out.println(
                runtime
                        + "     MB  fastest ms  median ms  CPU ms  over ideal by CPU: fastest  median  by 1769 MB  overhead ms");
        double fullMs = 0;
        for (int memoryMB : SIZES_MB) {
            RunnableVersion version = new RunnableVersion(
                    runtime + memoryMB,
                    "bench",
                    "1",
                    runtime,
                    handler,
                    code,
                    memoryMB,
                    Duration.ofSeconds(60),
                    Map.of());
            invoke(runner, version, work / 4); // cold, and compiled
            List<Sample> sorted = sorted(runner, version, samples, work);
            Sample fastest = sorted.getFirst();
            Sample median = sorted.get(samples / 2);
            fullMs = memoryMB == FULL_MB ? fastest.durationMs() : fullMs;
            System.out.printf(
                    Locale.ROOT,
                    "%-10s %6d  %10.1f %10.1f %7.1f  %26.3f  %6.3f  %10.3f  %11.2f%n",
                    runtime,
                    memoryMB,
                    fastest.durationMs(),
                    median.durationMs(),
                    fastest.cpuMs(),
                    fastest.ratio(memoryMB),
                    sorted.stream().mapToDouble(s -> s.ratio(memoryMB)).sorted().toArray()[samples / 2],
                    fastest.durationMs() / (fullMs * FULL_MB / memoryMB),
                    sorted.stream().mapToDouble(Sample::overheadMs).sorted().toArray()[samples / 2]);
        }
    }

    private static List<Sample> sorted(ProcessFunctionRunner runner, RunnableVersion version, int samples, int work)
            throws InterruptedException {
        Sample[] all = new Sample[samples];
        for (int i = 0; i < samples; i++) {
            all[i] = invoke(runner, version, work);
        }
        Arrays.sort(all, Comparator.comparingDouble(Sample::durationMs));
        return List.of(all);
    }

    private static Sample invoke(ProcessFunctionRunner runner, RunnableVersion version, int work)
            throws InterruptedException {
        byte[] event = Integer.toString(work).getBytes(StandardCharsets.UTF_8);
        Invocation invocation = new Invocation(UUID.randomUUID().toString(), "arn", event, Optional.empty());
        long start = System.nanoTime();
        InvocationResult result = runner.invoke(version, invocation);
        double callerMs = (System.nanoTime() - start) / 1e6;
        String log = new String(result.log(), StandardCharsets.UTF_8);
        if (result.functionError().isPresent()) {
            throw new IllegalStateException("The function failed:\n" + log);
        }
        double durationMs = Double.parseDouble(log.replaceAll("(?s).*\tDuration: ([0-9.]+) ms.*", "$1"));
        double cpuMs = Double.parseDouble(new String(result.payload(), StandardCharsets.UTF_8));
        return new Sample(durationMs, cpuMs, callerMs - durationMs);
    }

    private static Path python() throws IOException {
        Path code = Files.createTempDirectory("cpu-share-python-");
        Files.writeString(code.resolve("app.py"), PYTHON);
        return code;
    }

    private static Path java() throws IOException {
        Path code = Files.createTempDirectory("cpu-share-java-");
        Path source = Files.writeString(code.resolve("App.java"), JAVA);
        int status =
                ToolProvider.getSystemJavaCompiler().run(null, null, null, "-d", code.toString(), source.toString());
        if (status != 0) {
            throw new IllegalStateException("The benchmark's function does not compile");
        }
        return code;
    }
}
