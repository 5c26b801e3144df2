// SPDX-License-Identifier: Apache-2.0
package dev.memtune.tests.bench;

import dev.memtune.local.admin.Admin;
import dev.memtune.local.function.Windows;
import dev.memtune.local.model.ModelledFunctions;
import dev.memtune.local.process.ProcessFunctionRunner;
import dev.memtune.local.process.ProcessSettings;
import dev.memtune.local.service.EmbeddedLambda;
import dev.memtune.local.service.ServiceSettings;
import dev.memtune.local.service.SteadyClock;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;

/** The service as {@code memtune serve} runs it, without waiting for changes, over a folder. */
final class BenchService implements AutoCloseable {
    private static final String FUNCTIONS = "/2015-03-31/functions";

    private final EmbeddedLambda lambda;
    private final String isolation;

    BenchService(Path folder) throws IOException {
        SteadyClock clock = SteadyClock.system();
        ModelledFunctions runner =
                new ModelledFunctions(new ProcessFunctionRunner(ProcessSettings.defaults()), Thread::sleep, clock);
        ServiceSettings settings =
                ServiceSettings.defaults(folder, clock, new SplittableRandom(1)).withWindows(Windows.NONE);
        lambda = EmbeddedLambda.start(settings, runner);
        Admin.attach(lambda, runner, folder.resolve("models"), clock);
        isolation = runner.isolation().cpu() + "; " + runner.isolation().files();
    }

    static BenchService inNewFolder() throws IOException {
        return new BenchService(Files.createTempDirectory("memtune-bench-"));
    }

    URI endpoint() {
        return lambda.endpoint();
    }

    String isolation() {
        return isolation;
    }

    void create(Functions function, String name, int memoryMB) throws IOException {
        try (LoopbackClient client = new LoopbackClient(endpoint())) {
            client.send("POST", FUNCTIONS, function.creation(name, memoryMB)).expect(201);
        }
    }

    void model(String name, String model) throws IOException {
        try (LoopbackClient client = new LoopbackClient(endpoint())) {
            client.send("PUT", Admin.PATH + "models/" + name, model).expect(201);
        }
    }

    /** One invocation as its caller sees it, in milliseconds. */
    record Sample(double clientMs, double durationMs, double initMs) {
        double overheadMs() {
            return clientMs - durationMs - initMs;
        }
    }

    static Sample invoke(LoopbackClient client, String name) throws IOException {
        long start = System.nanoTime();
        LoopbackClient.Answer answer =
                client.send("POST", FUNCTIONS + "/" + name + "/invocations", "{}", "X-Amz-Log-Type: Tail");
        double clientMs = (System.nanoTime() - start) / 1e6;
        String tail = answer.expect(200).headers().getOrDefault("x-amz-log-result", "");
        String log = new String(Base64.getDecoder().decode(tail), StandardCharsets.UTF_8);
        return new Sample(clientMs, figure(log, "Duration"), figure(log, "Init Duration"));
    }

    private static double figure(String log, String name) {
        String value = log.replaceAll("(?s).*\t" + name + ": ([0-9.]+) ms.*", "$1");
        return value.equals(log) ? 0 : Double.parseDouble(value);
    }

    /** The resident memory of this process, in MB. */
    static long residentMB() throws IOException {
        String status = Files.readString(Path.of("/proc/self/status"));
        return Long.parseLong(status.replaceAll("(?s).*VmRSS:\\s+(\\d+) kB.*", "$1")) / 1024;
    }

    static String load() throws IOException {
        return "load average " + Files.readString(Path.of("/proc/loadavg")).strip();
    }

    static void pause() {
        LockSupport.parkNanos(1_000_000);
    }

    @Override
    public void close() throws IOException {
        lambda.close();
    }
}
