// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A service that is killed outright leaves no function behind. */
class KilledServiceTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(
            value = CpuMeans.class,
            names = {"CGROUP1", "NONE"})
    void takesItsFunctionsAlong(CpuMeans means) throws IOException, InterruptedException {
        Assumptions.assumeTrue(means != CpuMeans.CGROUP1 || CgroupV1.find(1).isPresent(), "no cgroup v1 here");
        Assumptions.assumeTrue(
                new Runtimes(folder).missing(Runtimes.Family.PYTHON).isEmpty(), "no python3 here");
        Process service = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Djava.io.tmpdir=" + folder,
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledService.class.getName(),
                        means.name().toLowerCase(java.util.Locale.ROOT),
                        folder.toString()))
                .redirectErrorStream(true)
                .start();
        List<Long> functions = processIds(service);
        assertThat(functions).hasSize(2).allMatch(ProcessTree::isAlive);
        service.destroyForcibly().waitFor();
        assertThat(withinAMinute(() -> functions.stream().noneMatch(ProcessTree::isAlive)))
                .isTrue();
        assertThat(withinAMinute(() -> leftovers(folder, "memtune-functions-*").isEmpty()))
                .isTrue();
        assertThat(CgroupV1.find(1).isPresent() ? cgroups(service) : List.of()).isEmpty();
    }

    private static List<Path> cgroups(Process service) {
        return leftovers(Path.of("/sys/fs/cgroup"), "*").stream()
                .filter(Files::isDirectory)
                .flatMap(controller -> leftovers(controller, "memtune-" + service.pid() + "-*").stream())
                .toList();
    }

    private static List<Long> processIds(Process service) throws IOException {
        try (BufferedReader output = service.inputReader()) {
            String line = String.valueOf(output.readLine());
            assertThat(line).matches("\\[\\d+, \\d+]");
            return Arrays.stream(line.replaceAll("[\\[\\] ]", "").split(","))
                    .map(Long::valueOf)
                    .toList();
        }
    }

    private static boolean withinAMinute(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.getAsBoolean() && System.nanoTime() < end) {
            LockSupport.parkNanos(1_000_000);
        }
        return condition.getAsBoolean();
    }

    private static List<Path> leftovers(Path parent, String glob) {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(parent, glob)) {
            List<Path> all = new ArrayList<>();
            entries.forEach(all::add);
            return all;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void leavesCgroupsThatTheNextServiceRemovesWithWhatIsInThem() throws IOException, InterruptedException {
        Assumptions.assumeTrue(CgroupV1.find(1).isPresent(), "no cgroup v1 here");
        Process dead = new ProcessBuilder("true").start();
        dead.waitFor();
        Path group = Files.createDirectory(Path.of("/sys/fs/cgroup/memory/memtune-" + dead.pid() + "-test"));
        Process stray = new ProcessBuilder(
                        CgroupDirectory.joining(List.of(new CgroupDirectory(group)), List.of("sleep", "1000")))
                .start();
        assertThat(withinAMinute(
                        () -> ProcessTree.lines(group.resolve("cgroup.procs")).count() == 1))
                .isTrue();
        assertThat(CgroupV1.find(1)).isPresent();
        assertThat(stray.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(group).doesNotExist();
    }
}
