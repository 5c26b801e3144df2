// SPDX-License-Identifier: Apache-2.0
package dev.memtune.tests.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memtune.cli.demo.Folders;
import dev.memtune.cli.demo.SlowDependency;
import dev.memtune.core.registry.AlgorithmItem;
import dev.memtune.core.registry.AlgorithmStatus;
import dev.memtune.core.registry.StatusChange;
import dev.memtune.core.wire.Json;
import dev.memtune.local.store.FileRegistry;
import dev.memtune.tests.cli.ChildCli;
import dev.memtune.tests.cli.Result;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * What the way from a zip to {@code prod} adds to the tuning itself: {@code memtune watch FOLDER --once} for each bundled sample,
 * with the zip in the folder. Its wall time has the start of the process, intake, deployment, stream, trigger, tuning, promotion
 * and results in it.
 *
 * <p>Run from {@code tests/}, after a build.
 */
public final class UploadOverheadBenchmark {
    private static final List<String> PACKED = List.of("handler.py", "handler.mjs", "handler.jar", "packages", "tests");

    private UploadOverheadBenchmark() {}

    /** Prints a line per sample. */
    public static void main(String[] arguments) throws Exception {
        System.out.printf(
                "%-26s %-8s %9s %9s %9s %9s%n", "sample", "end", "command s", "path s", "tuning s", "x tuning");
        Path folder = Files.createTempDirectory("memtune-bench-");
        try (SlowDependency dependency = SlowDependency.start(UploadOverheadBenchmark::sleep)) {
            for (Path sample : samples()) {
                measure(sample, folder, dependency.endpoint().toString());
            }
        } finally {
            Folders.delete(folder);
        }
    }

    private static List<Path> samples() throws IOException {
        try (Stream<Path> folders = Files.list(Path.of("..", "samples"))) {
            return folders.filter(folder -> Files.exists(folder.resolve("metadata.json")))
                    .sorted()
                    .toList();
        }
    }

    private static void measure(Path sample, Path folder, String dependency) throws Exception {
        String name = sample.getFileName().toString();
        Path inbox = Files.createDirectory(folder.resolve("inbox-" + name));
        pack(sample, inbox.resolve(name + ".zip"), dependency);
        long begin = System.nanoTime();
        Result result = new ChildCli(folder, Map.of()).launch("watch", inbox.toString(), "--once", "--quiet");
        double commandSeconds = (System.nanoTime() - begin) / 1e9;
        AlgorithmItem item = new FileRegistry(inbox.resolve(".memtune/registry"))
                .find(name)
                .orElseThrow(() -> new IllegalStateException(result.err()));
        Instant end = item.history().getLast().at();
        double tuningSeconds = seconds(at(item, AlgorithmStatus.TUNING), end);
        System.out.printf(
                "%-26s %-8s %9.1f %9.1f %9.1f %9.2f%n",
                name,
                item.status(),
                commandSeconds,
                seconds(at(item, AlgorithmStatus.UPLOADED), end),
                tuningSeconds,
                commandSeconds / tuningSeconds);
    }

    private static Instant at(AlgorithmItem item, AlgorithmStatus status) {
        return item.history().stream()
                .filter(change -> change.status() == status)
                .map(StatusChange::at)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(item + " was never " + status));
    }

    private static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toNanos() / 1e9;
    }

    /** The sample with what it needs in its environment. */
    private static void pack(Path sample, Path file, String dependency) throws IOException {
        ObjectNode metadata = (ObjectNode) Json.tree(Files.readAllBytes(sample.resolve("metadata.json")));
        metadata.putObject("environment").put("DEPENDENCY_URL", dependency);
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file));
                Stream<Path> files = Files.walk(sample)) {
            for (Path member : files.filter(Files::isRegularFile).sorted().toList()) {
                Path name = sample.relativize(member);
                if (PACKED.contains(name.getName(0).toString())) {
                    zip.putNextEntry(new ZipEntry(name.toString()));
                    Files.copy(member, zip);
                }
            }
            zip.putNextEntry(new ZipEntry("metadata.json"));
            zip.write(Json.write(metadata).getBytes(StandardCharsets.UTF_8));
        }
    }

    private static void sleep(Duration duration) throws InterruptedException {
        Thread.sleep(Duration.ofNanos(duration.toNanos()));
    }
}
