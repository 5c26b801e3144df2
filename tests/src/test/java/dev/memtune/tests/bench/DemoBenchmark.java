// SPDX-License-Identifier: Apache-2.0
package dev.memtune.tests.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memtune.cli.Home;
import dev.memtune.cli.Terminal;
import dev.memtune.cli.demo.SlowDependency;
import dev.memtune.cli.host.EmbeddedHost;
import dev.memtune.cli.subject.TargetReader;
import dev.memtune.cli.subject.TuningInputs;
import dev.memtune.cli.subject.TuningTarget;
import dev.memtune.cli.tuning.LocalTuning;
import dev.memtune.cli.tuning.TuningEnd;
import dev.memtune.cli.tuning.Workbench;
import dev.memtune.core.sample.Sample;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What tuning adds to the invocations it has to make: for each sample the time of the whole tuning, over the time of its
 * invocations divided by the sizes that run side by side, and over the time of its slowest size, which nothing can shorten
 * as long as a size has one environment.
 *
 * <p>Run from the project's root, after a build: {@code java -cp "cli/target/memtune.jar:cli/target/lib/*:tests/target/test-classes"
 * dev.memtune.tests.bench.DemoBenchmark}.
 */
public final class DemoBenchmark {
    private static final double NANOS_PER_MS = 1e6;

    private DemoBenchmark() {}

    /** Prints a line per sample and one for all. */
    public static void main(String[] arguments) throws Exception {
        Path root = Path.of("").toAbsolutePath();
        Path state = Files.createTempDirectory("memtune-bench-");
        Home home = new Home(root, state);
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
        Terminal terminal = new Terminal(InputStream.nullInputStream(), nowhere, nowhere, false);
        double[] totals = new double[3];
        try (SlowDependency dependency = SlowDependency.start(DemoBenchmark::sleep);
                EmbeddedHost host = EmbeddedHost.start(Workbench.functions(home))) {
            LocalTuning tuning = LocalTuning.of(host, home, terminal);
            Map<String, String> variables =
                    Map.of("DEPENDENCY_URL", dependency.endpoint().toString());
            System.out.printf(
                    "%-26s %9s %9s %9s %8s %8s%n", "sample", "wall ms", "sum/p ms", "slowest", "x sum/p", "x slowest");
            for (TuningTarget.Local sample : samples(root)) {
                ObjectNode input = TuningInputs.forAlgorithm(
                        sample.algorithm(), Optional.empty(), TuningInputs.Wishes.promoting("prod"));
                long begin = System.nanoTime();
                TuningEnd end = tuning.tune(sample.algorithm(), input, variables, true);
                double wallMs = (System.nanoTime() - begin) / NANOS_PER_MS;
                add(
                        totals,
                        print(
                                sample.name(),
                                wallMs,
                                end.samples(),
                                input.path("powerValues").size()));
            }
        }
        line("all", totals);
        delete(state);
    }

    private static void delete(Path folder) throws Exception {
        List<Path> deepestFirst;
        try (Stream<Path> all = Files.walk(folder)) {
            deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : deepestFirst) {
            Files.delete(path);
        }
    }

    private static List<TuningTarget.Local> samples(Path root) throws Exception {
        TargetReader reader = new TargetReader(root);
        try (Stream<Path> folders = Files.list(root.resolve("samples"))) {
            return folders.sorted()
                    .filter(folder -> Files.exists(folder.resolve("metadata.json")))
                    .map(folder -> reader.read(folder.toString(), Optional.empty(), Optional.empty()))
                    .map(TuningTarget.Local.class::cast)
                    .toList();
        }
    }

    private static double[] print(String name, double wallMs, List<Sample> samples, int sizes) {
        Map<String, Double> bySize = samples.stream()
                .filter(sample -> sample.billedMs() != null)
                .collect(Collectors.groupingBy(
                        Sample::armId, Collectors.summingDouble(sample -> Objects.requireNonNull(sample.billedMs())
                                .doubleValue())));
        double sumMs = bySize.values().stream().mapToDouble(Double::doubleValue).sum();
        double slowestMs =
                bySize.values().stream().mapToDouble(Double::doubleValue).max().orElse(0);
        double[] figures = {wallMs, sumMs / sizes, slowestMs};
        line(name, figures);
        return figures;
    }

    private static void line(String name, double[] figures) {
        System.out.printf(
                "%-26s %9.0f %9.0f %9.0f %8.2f %8.2f%n",
                name, figures[0], figures[1], figures[2], figures[0] / figures[1], figures[0] / figures[2]);
    }

    private static void add(double[] totals, double[] figures) {
        for (int i = 0; i < totals.length; i++) {
            totals[i] += figures[i];
        }
    }

    private static void sleep(Duration duration) throws InterruptedException {
        Thread.sleep(Duration.ofNanos(duration.toNanos()));
    }
}
