// SPDX-License-Identifier: Apache-2.0
package dev.memtune.tests.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.memtune.core.algorithm.AlgorithmPackage;
import dev.memtune.core.algorithm.AlgorithmPackages;
import dev.memtune.core.algorithm.PackageLimits;
import dev.memtune.core.algorithm.PackageReading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SamplesTest {
    private static final Path SAMPLES = Path.of("..", "samples");
    private static final long MAX_RUN_SECONDS = 180;

    @TempDir
    Path folder;

    static List<Path> samples() throws IOException {
        try (Stream<Path> folders = Files.list(SAMPLES)) {
            return folders.filter(folder -> Files.exists(folder.resolve("metadata.json")))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void everySampleIsAGoodPackage(Path sample) {
        boolean isMaven = Files.exists(sample.resolve("pom.xml"));
        assumeTrue(!isMaven || Files.exists(sample.resolve("handler.jar")), sample + " is not built yet");

        PackageReading reading = new AlgorithmPackages(PackageLimits.defaults()).read(sample);

        AlgorithmPackage algorithm =
                switch (reading) {
                    case PackageReading.Accepted accepted -> accepted.algorithm();
                    case PackageReading.Rejected rejected ->
                        fail("the sample must be accepted, got: " + rejected.problems());
                };
        assertThat(algorithm.name()).isEqualTo(sample.getFileName().toString());
        assertThat(algorithm.testEvents()).hasSizeGreaterThanOrEqualTo(2);
    }

    @Test
    void thePythonSamplesPassTheirTests() throws IOException, InterruptedException {
        assumeTrue(run("python3", "--version") == 0, "no python3 on this machine");

        assertThat(run("python3", "-B", "src/test/samples/test_samples.py")).isZero();
    }

    @Test
    void theNodeSamplePassesItsTests() throws IOException, InterruptedException {
        assumeTrue(run("node", "--version") == 0, "no node on this machine");

        assertThat(run("node", "--test", "src/test/samples/gateway.test.mjs")).isZero();
    }

    /** The exit code, -1 if there is no such command; what was written is shown if it is not 0. */
    private int run(String... command) throws InterruptedException, IOException {
        Path log = folder.resolve("run.log");
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
        } catch (IOException e) {
            return -1; // no such command
        }
        if (!process.waitFor(MAX_RUN_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            return fail("the command must end within " + MAX_RUN_SECONDS + " s: " + String.join(" ", command));
        }
        if (process.exitValue() != 0) {
            System.err.println(Files.readString(log));
        }
        return process.exitValue();
    }
}
