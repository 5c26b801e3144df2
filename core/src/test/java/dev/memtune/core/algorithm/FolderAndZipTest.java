// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.algorithm;

import static dev.memtune.core.algorithm.PackageFixture.accepted;
import static dev.memtune.core.algorithm.PackageFixture.problems;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderAndZipTest {
    private final AlgorithmPackages packages = new AlgorithmPackages(PackageLimits.defaults());

    @TempDir
    Path folder;

    @Test
    void folderAndZipOfTheSameFilesAreTheSamePackage() throws IOException {
        SplittableRandom random = new SplittableRandom(7);
        for (int round = 0; round < 40; round++) {
            PackageFixture fixture = randomPackage(random);
            Path written = fixture.folder(Files.createDirectory(folder.resolve("round-" + round)));

            AlgorithmPackage fromFolder = accepted(packages.read(written));
            AlgorithmPackage fromZip = fixture.accepted();

            assertThat(fromFolder).as("round %d", round).isEqualTo(fromZip);
            assertThat(fromFolder.deployableZip()).isEqualTo(fromZip.deployableZip());
        }
    }

    @Test
    void whatIsDeployedIsReadBackUnchanged() {
        SplittableRandom random = new SplittableRandom(11);
        for (int round = 0; round < 40; round++) {
            AlgorithmPackage made = randomPackage(random).accepted();

            PackageFiles back = new ZipReader(PackageLimits.defaults()).read(made.deployableZip());

            assertThat(back.problems()).isEmpty();
            assertThat(back.byPath()).isEqualTo(made.code());
        }
    }

    @Test
    void theJdkReadsTheDeployableZip() throws IOException {
        byte[] zip = PackageFixture.python().with("a/b.txt", "x").accepted().deployableZip();

        List<String> names = new ArrayList<>();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                names.add(entry.getName());
                assertThat(entry.getTimeLocal().getYear()).isEqualTo(1980);
            }
        }
        assertThat(names).containsExactly("a/b.txt", "handler.py");
    }

    @Test
    void keepsWhichFilesMayBeExecuted() throws IOException {
        PackageFixture.python().with("bin/tool", "#!/bin/sh").folder(folder);
        assertThat(folder.resolve("bin/tool").toFile().setExecutable(true)).isTrue();

        byte[] zip = accepted(packages.read(folder)).deployableZip();
        PackageFiles back = new ZipReader(PackageLimits.defaults()).read(zip);

        assertThat(back.byPath().values().stream()
                        .filter(PackageFile::isExecutable)
                        .map(PackageFile::path))
                .containsExactly("bin/tool");
    }

    @Test
    void leavesOutWhatToolsLeaveBehind() throws IOException {
        PackageFixture.python()
                .with(".git/config", "x")
                .with("__pycache__/handler.cpython-312.pyc", "x")
                .with("lib/__pycache__/a.pyc", "x")
                .with("node_modules/.cache/big", "x")
                .with("node_modules/a/index.js", "x")
                .with("__MACOSX/._handler.py", "x")
                .with("tests/.DS_Store", "x")
                .folder(folder);

        assertThat(accepted(packages.read(folder)).code()).containsOnlyKeys("handler.py", "node_modules/a/index.js");
    }

    @Test
    void readsLinksThatStayInsideAndRefusesAllOthers() throws IOException {
        Path root = PackageFixture.python().folder(Files.createDirectory(folder.resolve("package")));
        Files.writeString(folder.resolve("secret.txt"), "secret");
        Files.createSymbolicLink(root.resolve("inside.py"), Path.of("handler.py"));
        assertThat(accepted(packages.read(root)).code()).containsOnlyKeys("handler.py", "inside.py");

        Files.createSymbolicLink(root.resolve("a-folder"), root.resolve("tests"));
        Files.createSymbolicLink(root.resolve("nothing"), Path.of("gone"));
        Files.createSymbolicLink(root.resolve("outside"), folder.resolve("secret.txt"));
        Files.createSymbolicLink(root.resolve("itself"), Path.of("itself"));

        assertThat(problems(packages.read(root)))
                .hasSize(4)
                .allSatisfy(line -> assertThat(line)
                        .contains(": must not be a link that leads out of the package, to a folder or to nothing"))
                .anySatisfy(line -> assertThat(line).startsWith("outside: ").doesNotContain("got: secret"));
    }

    @Test
    void stopsAtTheBoundOfAFolder() throws IOException {
        PackageFixture.python().folder(folder);

        assertThat(problems(new AlgorithmPackages(new PackageLimits(2, 1_000, 1, 1)).read(folder)))
                .contains("package: must have at most 2 files, got: 3 or more."
                        + " Leave out what the function does not need");
        assertThat(problems(new AlgorithmPackages(new PackageLimits(9, 3, 1, 1)).read(folder)))
                .contains("package: must unpack to at most 3 bytes, got: more than 3 bytes."
                        + " Leave out what the function does not need, or move it to a layer");
    }

    private static PackageFixture randomPackage(SplittableRandom random) {
        PackageFixture fixture = PackageFixture.python();
        for (int i = random.nextInt(12); i > 0; i--) {
            byte[] content = new byte[random.nextInt(3_000)];
            random.nextBytes(content);
            String place = random.nextBoolean() ? "packages/p" : "d" + random.nextInt(3) + "/f";
            fixture.with(place + i + (random.nextBoolean() ? "-ü€.bin" : ".py"), content);
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            fixture.with("tests/case-" + i + ".json", String.valueOf(random.nextInt()));
        }
        return fixture;
    }
}
