// SPDX-License-Identifier: Apache-2.0
package dev.memtune.tests.bench;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * What the service adds to a warm invocation that does nothing: the client's time less the duration of the REPORT line, beside
 * a bare round trip of the same client to the same kind of HTTP server, one caller at a time and 16. Functions have 1,769 MB
 * for one caller and, for 16, a size at which 16 shares fit the machine's cores, so that none waits its turn.
 *
 * <p>Arguments: samples per line, 1,000 if left out.
 */
public final class OverheadBenchmark {
    private static final int WARM_UPS = 300;
    private static final int MANY = 16;
    private static final int MB_PER_CPU = 1_769;
    private static final byte[] BARE_ANSWER = "1".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

    private OverheadBenchmark() {}

    /** One call by one caller, in milliseconds. */
    private interface Shot {
        double ms(LoopbackClient client) throws IOException;
    }

    /** Prints a line per runtime and concurrency. */
    public static void main(String[] arguments) throws Exception {
        int samples = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000;
        HttpServer bare = bareServer();
        URI bareEndpoint = URI.create("http://127.0.0.1:" + bare.getAddress().getPort());
        try (BenchService service = BenchService.inNewFolder()) {
            System.out.println(service.isolation() + "; " + BenchService.load());
            System.out.println("function  callers   median ms   p99 ms   over the bare round trip: median   p99");
            for (int callers : new int[] {1, MANY}) {
                int memoryMB = callers == 1
                        ? MB_PER_CPU
                        : Math.max(128, MB_PER_CPU * Runtime.getRuntime().availableProcessors() / MANY);
                Quantiles floor = measure(bareEndpoint, callers, samples, OverheadBenchmark::bareMs);
                print("bare", callers, floor, floor);
                for (Functions function : Functions.values()) {
                    String name = function.name().toLowerCase(Locale.ROOT) + callers;
                    service.create(function, name, memoryMB);
                    print(name, callers, overhead(service, name, callers, samples), floor);
                }
                service.model("model" + callers, "{\"waitMs\": 0}");
                print("model" + callers, callers, overhead(service, "model" + callers, callers, samples), floor);
            }
            System.out.println(BenchService.load());
        } finally {
            bare.stop(0);
        }
    }

    private static HttpServer bareServer() throws IOException {
        System.setProperty("sun.net.httpserver.nodelay", "true");
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            try (exchange) {
                exchange.getRequestBody().readAllBytes();
                exchange.sendResponseHeaders(200, BARE_ANSWER.length);
                exchange.getResponseBody().write(BARE_ANSWER);
            }
        });
        server.start();
        return server;
    }

    private static double bareMs(LoopbackClient client) throws IOException {
        long start = System.nanoTime();
        client.send("POST", "/", "{}").expect(200);
        return (System.nanoTime() - start) / 1e6;
    }

    private static Quantiles overhead(BenchService service, String name, int callers, int samples) throws Exception {
        return measure(service.endpoint(), callers, samples, client -> BenchService.invoke(client, name)
                .overheadMs());
    }

    private static Quantiles measure(URI endpoint, int callers, int samples, Shot shot) throws Exception {
        ConcurrentLinkedQueue<Double> figures = new ConcurrentLinkedQueue<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(callers)) {
            List<Callable<Void>> work = new ArrayList<>();
            for (int i = 0; i < callers; i++) {
                work.add(() -> {
                    caller(endpoint, samples / callers, shot, figures);
                    return null;
                });
            }
            for (Future<Void> done : threads.invokeAll(work)) {
                done.get();
            }
        }
        return Quantiles.of(figures);
    }

    private static void caller(URI endpoint, int samples, Shot shot, ConcurrentLinkedQueue<Double> figures)
            throws IOException {
        try (LoopbackClient client = new LoopbackClient(endpoint)) {
            for (int i = -WARM_UPS; i < samples; i++) {
                double ms = shot.ms(client);
                if (i >= 0) {
                    figures.add(ms);
                }
            }
        }
    }

    private static void print(String name, int callers, Quantiles figures, Quantiles floor) {
        System.out.printf(
                Locale.ROOT,
                "%-10s %6d %11.3f %8.3f %33.1f %6.1f%n",
                name,
                callers,
                figures.median(),
                figures.at(0.99),
                figures.median() / floor.median(),
                figures.at(0.99) / floor.at(0.99));
    }
}
