// SPDX-License-Identifier: Apache-2.0
package dev.memtune.tests.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Cold starts: from the start of the process to its first question for an invocation (the REPORT line's init), beside the time
 * that the same interpreter takes to start and end with nothing to do, and what the service adds to init and duration.
 *
 * <p>Arguments: cold starts per runtime, 15 if left out.
 */
public final class ColdStartBenchmark {
    private static final int MEMORY_MB = 1_769;

    private ColdStartBenchmark() {}

    /** Prints a line per runtime. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        int samples = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 15;
        try (BenchService service = BenchService.inNewFolder();
                LoopbackClient client = new LoopbackClient(service.endpoint())) {
            System.out.println(service.isolation() + "; " + BenchService.load());
            System.out.println("runtime  empty program ms   init ms (fastest)   ratio   added by the service ms   p90");
            for (Functions function : Functions.values()) {
                measure(service, client, function, samples);
            }
            System.out.println(BenchService.load());
        }
    }

    private static void measure(BenchService service, LoopbackClient client, Functions function, int samples)
            throws IOException, InterruptedException {
        List<Double> empty = new ArrayList<>();
        List<Double> init = new ArrayList<>();
        List<Double> added = new ArrayList<>();
        for (int i = 0; i < samples; i++) {
            empty.add(emptyMs(function.emptyProgram()));
            String name = function.name().toLowerCase(Locale.ROOT) + i;
            service.create(function, name, MEMORY_MB);
            BenchService.Sample sample = BenchService.invoke(client, name);
            init.add(sample.initMs());
            added.add(sample.overheadMs());
            client.send("DELETE", "/2015-03-31/functions/" + name, "").expect(204);
        }
        System.out.printf(
                Locale.ROOT,
                "%-8s %17.1f %9.1f (%.1f) %11.2f %25.1f %5.1f%n",
                function.name().toLowerCase(Locale.ROOT),
                Quantiles.of(empty).median(),
                Quantiles.of(init).median(),
                Quantiles.of(init).at(0),
                Quantiles.of(init).median() / Quantiles.of(empty).median(),
                Quantiles.of(added).median(),
                Quantiles.of(added).at(0.9));
    }

    private static double emptyMs(List<String> words) throws IOException, InterruptedException {
        long start = System.nanoTime();
        Process process = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        process.waitFor();
        return (System.nanoTime() - start) / 1e6;
    }
}
