// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.memtune.local.LambdaRule;
import dev.memtune.local.function.Code;
import dev.memtune.local.function.LambdaFault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CodePackageTest {
    @TempDir
    Path directory;

    private CodeFiles files;

    @BeforeEach
    void open() throws IOException {
        files = new CodeFiles(directory.resolve("code"));
    }

    private void assertRefused(byte[] zip, String message) throws IOException {
        assertThatExceptionOfType(LambdaFault.class)
                .isThrownBy(() -> files.store(zip, Quotas.DEFAULTS))
                .withMessageContaining(message);
        assertNothingLeft();
    }

    private void assertNothingLeft() throws IOException {
        try (Stream<Path> left = Files.list(directory)) {
            assertThat(left).containsExactly(directory.resolve("code"));
        }
        try (Stream<Path> left = Files.list(directory.resolve("code"))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void unpacksFoldersAndFiles() throws IOException {
        Code code = files.store(Zips.of("a/b/c.txt", "hello"), Quotas.DEFAULTS);

        assertThat(files.directory(code).resolve("a/b/c.txt")).hasContent("hello");
    }

    @Test
    void keepsTheSamePackageOnce() throws IOException {
        byte[] zip = Zips.of("a", "hello");

        assertThat(files.store(zip, Quotas.DEFAULTS)).isEqualTo(files.store(zip, Quotas.DEFAULTS));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../x", "a/../../x", "/etc/x", "..", "a\\..\\x", "a/../../code/x", "."})
    void refusesPathsThatLeadOutside(String name) throws IOException {
        assertRefused(Zips.of(name, "x"), "is refused");
    }

    @Test
    void refusesSymbolicLinks() throws IOException {
        assertRefused(Zips.withMode(Zips.of("link", "/etc/passwd"), 0120777), "it is a symbolic link");
    }

    @Test
    void refusesNamesThatMeetInOneFile() throws IOException {
        Map<String, byte[]> twice = new LinkedHashMap<>();
        twice.put("a", new byte[1]);
        twice.put("./a", new byte[1]);
        assertRefused(Zips.of(twice), "more than once");

        Map<String, byte[]> fileAndFolder = new LinkedHashMap<>();
        fileAndFolder.put("a", new byte[1]);
        fileAndFolder.put("a/b", new byte[1]);
        assertRefused(Zips.of(fileAndFolder), "a file and a directory of the same name");
    }

    @Test
    void refusesBombs() throws IOException {
        byte[] bomb = Zips.of("zeros", "0".repeat(1_000_000));
        Quotas quotas = new Quotas(10_240, 1_000, 100, 100_000, 999_999, 1_000_000);

        assertThat(bomb.length).isLessThan(10_000);
        assertThatExceptionOfType(LambdaFault.class)
                .isThrownBy(() -> files.store(bomb, quotas))
                .withMessage("Unzipped size must be smaller than 999999 bytes");
        assertNothingLeft();
    }

    @Test
    @LambdaRule("FN-24")
    void refusesPackagesOverTheLimit() {
        Quotas quotas = new Quotas(10_240, 1_000, 100, 50, 999_999, 1_000_000);

        assertThatExceptionOfType(LambdaFault.class)
                .isThrownBy(() -> files.store(Zips.of("a", "b"), quotas))
                .withMessage("Zip file must be smaller than 50 bytes");
    }

    @Test
    @LambdaRule("FN-25")
    void refusesWhatIsNoZip() throws IOException {
        assertRefused("not a zip".getBytes(StandardCharsets.UTF_8), "Could not unzip uploaded file");
        assertRefused(new byte[0], "non-empty zip");
        assertRefused(Zips.of(Map.of()), "non-empty zip");
    }

    @Test
    void neverFailsOtherwiseOnDamagedZips() throws IOException {
        byte[] zip = Zips.of("h.py", "def h(event, context): return event");
        SplittableRandom random = new SplittableRandom(11);
        for (int round = 0; round < 300; round++) {
            byte[] damaged = zip.clone();
            for (int i = 0; i < 3; i++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            try {
                assertThat(files.directory(files.store(damaged, Quotas.DEFAULTS)))
                        .isDirectory();
            } catch (LambdaFault e) {
                assertThat(e.text()).isNotEmpty();
            }
        }
        try (Stream<Path> left = Files.list(directory)) {
            assertThat(left).containsExactly(directory.resolve("code"));
        }
    }

    @Test
    void takesModesFromTheZip() throws IOException {
        Code executable = files.store(Zips.withMode(Zips.of("run.sh", "x"), 0100755), Quotas.DEFAULTS);
        Code plain = files.store(Zips.withMode(Zips.of("run.sh", "y"), 0100644), Quotas.DEFAULTS);
        Code bootstrap = files.store(Zips.of("bootstrap", "z"), Quotas.DEFAULTS);

        assertThat(files.directory(executable).resolve("run.sh")).isExecutable();
        assertThat(files.directory(plain).resolve("run.sh").toFile().canExecute())
                .isFalse();
        assertThat(files.directory(bootstrap).resolve("bootstrap")).isExecutable();
    }

    @Test
    void removesWhatNobodyUses() throws IOException {
        Code kept = files.store(Zips.of("a", "kept"), Quotas.DEFAULTS);
        Code gone = files.store(Zips.of("a", "gone"), Quotas.DEFAULTS);
        files.retain(java.util.Set.of(kept));

        assertThat(files.has(kept)).isTrue();
        assertThat(files.has(gone)).isFalse();
    }
}
