// SPDX-License-Identifier: Apache-2.0
package dev.memtune.tests.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How much the service takes: 500 callers of a modelled function at a time, each of whose invocations lasts 100 ms, beside what
 * the callers could do at best; and a folder of 1,000 functions with 20 versions each, how long it takes to start over it
 * beside an empty folder, and the memory of the process.
 *
 * <p>Arguments: {@code invocations} or {@code functions}; both if left out, which makes the memory of the second include that
 * of the first.
 */
public final class CapacityBenchmark {
    private static final int CALLERS = 500;
    private static final int ROUNDS = 40;
    private static final int WAIT_MS = 100;
    private static final int FUNCTIONS = 1_000;
    private static final int VERSIONS = 20;

    private CapacityBenchmark() {}

    /** Prints the figures. */
    public static void main(String[] arguments) throws Exception {
        System.out.println(BenchService.load());
        if (arguments.length == 0 || arguments[0].equals("invocations")) {
            invocations();
        }
        if (arguments.length == 0 || arguments[0].equals("functions")) {
            functions();
        }
        System.out.println(BenchService.load());
    }

    private static void invocations() throws Exception {
        try (BenchService service = BenchService.inNewFolder()) {
            service.model("m", "{\"waitMs\": " + WAIT_MS + ", \"pace\": 1}");
            round(service, 5); // warm
            long beforeMB = BenchService.residentMB();
            double seconds = round(service, ROUNDS);
            double perSecond = CALLERS * ROUNDS / seconds;
            System.out.printf(
                    Locale.ROOT,
                    "%d callers: %,.0f invocations/s, %.2f of the %,d/s that %d ms each allow; resident %d MB, %d MB before%n",
                    CALLERS,
                    perSecond,
                    perSecond * WAIT_MS / 1000.0 / CALLERS,
                    CALLERS * 1000 / WAIT_MS,
                    WAIT_MS,
                    BenchService.residentMB(),
                    beforeMB);
        }
    }

    private static double round(BenchService service, int rounds) throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        AtomicLong failed = new AtomicLong();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            threads.add(Thread.startVirtualThread(() -> {
                try (LoopbackClient client = new LoopbackClient(service.endpoint())) {
                    go.await();
                    for (int round = 0; round < rounds; round++) {
                        BenchService.invoke(client, "m");
                    }
                } catch (IOException | InterruptedException | IllegalStateException e) {
                    failed.incrementAndGet();
                }
            }));
        }
        long start = System.nanoTime();
        go.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        if (failed.get() > 0) {
            throw new IllegalStateException(failed + " callers failed");
        }
        return (System.nanoTime() - start) / 1e9;
    }

    private static void functions() throws IOException {
        Path folder = Files.createTempDirectory("memtune-bench-");
        startMs(folder); // classes are loaded, and compiled to some extent
        double emptyMs = startMs(folder);
        populate(folder);
        long beforeMB = BenchService.residentMB();
        double firstMs = startMs(folder);
        double ms = startMs(folder);
        System.out.printf(
                Locale.ROOT,
                "%,d functions with %d versions each: start %.0f ms (the first time %.0f), an empty folder %.0f, ratio %.1f; resident %d MB, %d MB before%n",
                FUNCTIONS,
                VERSIONS,
                ms,
                firstMs,
                emptyMs,
                ms / emptyMs,
                BenchService.residentMB(),
                beforeMB);
    }

    private static double startMs(Path folder) throws IOException {
        long start = System.nanoTime();
        try (BenchService service = new BenchService(folder);
                LoopbackClient client = new LoopbackClient(service.endpoint())) {
            client.send("GET", "/2015-03-31/functions?MaxItems=1", "").expect(200);
            return (System.nanoTime() - start) / 1e6;
        }
    }

    /** One function by the API, the others as copies of its file: what is measured is reading them. */
    private static void populate(Path folder) throws IOException {
        try (BenchService service = new BenchService(folder);
                LoopbackClient client = new LoopbackClient(service.endpoint())) {
            service.create(Functions.PYTHON, "function-0000", 128);
            for (int version = 1; version <= VERSIONS; version++) {
                String path = "/2015-03-31/functions/function-0000";
                client.send("PUT", path + "/configuration", "{\"MemorySize\": " + (128 + version) + "}")
                        .expect(200);
                client.send("POST", path + "/versions", "{}").expect(201);
            }
        }
        Path files = folder.resolve("functions");
        String first = Files.readString(files.resolve("function-0000.json"));
        for (int i = 1; i < FUNCTIONS; i++) {
            String name = String.format(Locale.ROOT, "function-%04d", i);
            Files.writeString(files.resolve(name + ".json"), first.replace("function-0000", name));
        }
    }
}
