// SPDX-License-Identifier: Apache-2.0
package dev.memtune.tests.bench;

import dev.memtune.aws.AwsFunctionDeployer;
import dev.memtune.aws.Endpoint;
import dev.memtune.aws.LambdaClients;
import dev.memtune.cli.Home;
import dev.memtune.cli.Terminal;
import dev.memtune.cli.demo.Folders;
import dev.memtune.cli.tuning.Ports;
import dev.memtune.cli.tuning.Workbench;
import dev.memtune.cli.watch.UploadPipeline;
import dev.memtune.cli.watch.WatchedFolder;
import dev.memtune.core.port.ReportSource;
import dev.memtune.core.registry.AlgorithmItem;
import dev.memtune.core.registry.AlgorithmStatus;
import dev.memtune.core.registry.StatusChange;
import dev.memtune.core.wire.PriceTableReader;
import dev.memtune.local.function.Windows;
import dev.memtune.local.model.ModelCurve;
import dev.memtune.local.model.ModelFunctionRunner;
import dev.memtune.local.service.EmbeddedLambda;
import dev.memtune.local.service.Intervention;
import dev.memtune.local.service.ServiceSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Many uploads at once, from the dropped zip to {@code prod}, with functions that are computed: what the way itself costs.
 *
 * <p>Arguments: uploads, 500 if left out; tunings at once, 8 if left out.
 */
public final class UploadBenchmark {
    private static final String ROLE = "arn:aws:iam::000000000000:role/bench";

    private UploadBenchmark() {}

    /**
     * What was measured.
     *
     * @param items the items afterwards
     * @param seconds from the first look at the folder until nothing was left to do
     * @param calls of Lambda's API
     */
    record Figures(List<AlgorithmItem> items, double seconds, long calls) {
        /** The most tunings that were under way at once, by the histories. */
        int peak() {
            return items.stream()
                    .map(item -> at(item, AlgorithmStatus.TUNING))
                    .mapToInt(begin -> (int) items.stream()
                            .filter(item -> !at(item, AlgorithmStatus.TUNING).isAfter(begin))
                            .filter(item -> item.history().getLast().at().isAfter(begin))
                            .count())
                    .max()
                    .orElse(0);
        }

        private static Instant at(AlgorithmItem item, AlgorithmStatus status) {
            return item.history().stream()
                    .filter(change -> change.status() == status)
                    .map(StatusChange::at)
                    .findFirst()
                    .orElse(Instant.MAX);
        }
    }

    /** Runs it. */
    public static void main(String[] arguments) throws Exception {
        int uploads = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 500;
        int parallel = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 8;
        Path folder = Files.createTempDirectory("memtune-bench-");
        try {
            Figures figures = measure(folder, uploads, parallel);
            long promoted = figures.items().stream()
                    .filter(item -> item.status() == AlgorithmStatus.PROMOTED)
                    .count();
            System.out.printf(
                    "%d uploads, %d promoted, %.1f s (%.0f ms each), %.1f calls each, at most %d tunings at once%n",
                    uploads,
                    promoted,
                    figures.seconds(),
                    1000 * figures.seconds() / uploads,
                    (double) figures.calls() / uploads,
                    figures.peak());
        } finally {
            Folders.delete(folder);
        }
    }

    static Figures measure(Path folder, int uploads, int parallel) throws IOException, InterruptedException {
        WatchedFolder watched = new WatchedFolder(Files.createDirectory(folder.resolve("inbox")));
        for (int i = 0; i < uploads; i++) {
            drop(watched.drop(), "algorithm-" + i);
        }
        AtomicLong calls = new AtomicLong();
        ServiceSettings settings = ServiceSettings.defaults(
                        folder.resolve("lambda"), InstantSource.system(), new SplittableRandom(1))
                .withWindows(Windows.NONE)
                .withInterceptor(call -> {
                    calls.incrementAndGet();
                    return Intervention.PROCEED;
                });
        ModelFunctionRunner runner =
                new ModelFunctionRunner(new ModelCurve(10, 40, 5, 0.01, 64), new SplittableRandom(2));
        try (EmbeddedLambda service = EmbeddedLambda.start(settings, runner);
                LambdaClients clients = LambdaClients.of(new Endpoint.Loopback(service.endpoint(), "us-east-1"));
                UploadPipeline pipeline = pipeline(watched, clients, parallel)) {
            long begin = System.nanoTime();
            pipeline.run(true);
            double seconds = (System.nanoTime() - begin) / 1e9;
            return new Figures(pipeline.registry().all(), seconds, calls.get());
        }
    }

    private static UploadPipeline pipeline(WatchedFolder watched, LambdaClients clients, int parallel)
            throws IOException {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        Terminal terminal = new Terminal(InputStream.nullInputStream(), nowhere, nowhere, false);
        Ports ports = Workbench.deployed(
                clients,
                ReportSource.NONE,
                new Endpoint.Default(),
                new Home(watched.drop(), watched.state()),
                terminal);
        UploadPipeline.Ground ground = new UploadPipeline.Ground(
                watched,
                ports,
                new AwsFunctionDeployer(clients, ROLE, time -> Thread.sleep(Duration.ofNanos(time.toNanos()))),
                PriceTableReader.bundled(),
                runtime -> Optional.empty(),
                Map.of());
        return new UploadPipeline(ground, parallel, terminal, true);
    }

    private static void drop(Path inbox, String name) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(inbox.resolve(name + ".zip")))) {
            write(zip, "metadata.json", """
                    {"name": "%s", "runtime": "python3.12", "memoryValues": [256, 512], "num": 3}
                    """.formatted(name));
            write(zip, "handler.py", "def handler(event, context):\n    return '" + name + "'\n");
            write(zip, "tests/one.json", "{}");
        }
    }

    private static void write(ZipOutputStream zip, String member, String text) throws IOException {
        zip.putNextEntry(new ZipEntry(member));
        zip.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
