// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A runner for all tests of a class, that leaves nothing behind. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RunnerFixture {
    Path folder;

    private ProcessFunctionRunner started;
    private FunctionFixture fixture;

    ProcessSettings settings() {
        return ProcessSettings.defaults();
    }

    /** The runtime whose absence skips the class, by name; never in CI. */
    Runtimes.Family family() {
        return Runtimes.Family.PROVIDED;
    }

    @BeforeAll
    void start(@TempDir Path temporary) throws IOException {
        folder = temporary;
        Optional<String> missing = new Runtimes(settings().javaHome()).missing(family());
        boolean ci = "true".equals(System.getenv("CI"));
        Assumptions.assumeTrue(ci || missing.isEmpty(), missing.orElse(""));
        started = new ProcessFunctionRunner(settings());
        fixture = new FunctionFixture(started, folder);
    }

    @AfterAll
    void stop() throws IOException {
        if (started != null) {
            started.close();
            assertThat(started.environments()).isZero();
            assertThat(cgroups()).isEmpty();
        }
    }

    private static List<Path> cgroups() throws IOException {
        if (!Files.isDirectory(Path.of("/sys/fs/cgroup"))) {
            return List.of();
        }
        try (Stream<Path> groups = Files.find(Path.of("/sys/fs/cgroup"), 2, (path, attributes) -> path.getFileName()
                .toString()
                .startsWith(CgroupDirectory.ofService() + "-"))) {
            return groups.toList();
        }
    }

    ProcessFunctionRunner runner() {
        return started;
    }

    FunctionFixture functions() {
        return fixture;
    }
}
