// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.algorithm;

import static dev.memtune.core.algorithm.PackageFixture.bend;
import static dev.memtune.core.algorithm.PackageFixture.problems;
import static dev.memtune.core.algorithm.PackageFixture.read;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostileZipTest {
    private static final byte[] GOOD = PackageFixture.python().zip();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../evil.py",
                "a/../../evil.py",
                "/etc/passwd",
                "C:/evil.py",
                "c:evil",
                "a//b",
                "./a",
                "a/./b",
                "..",
                "/"
            })
    void refusesPathsThatLeadOut(String path) {
        assertThat(PackageFixture.python().with(path, "").problems())
                .singleElement()
                .asString()
                .startsWith("file: must ")
                .contains("got: '" + path + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\\b", "..\\evil", "a\nb", "a\u0000b", "\u001b[31m"})
    void refusesBackslashesAndControlCharacters(String path) {
        assertThat(PackageFixture.python().with(path, "").problems())
                .singleElement()
                .asString()
                .startsWith("file: must have no ");
    }

    @Test
    void refusesSymbolicLinksByTheirUnixMode() {
        byte[] linked = bend(bend(GOOD, "handler.py", 5, 3, 1), "handler.py", 38, 0120777L << 16, 4);

        assertThat(problems(read(linked)))
                .contains("handler.py: must be a file, got: a symbolic link or a device. Pack it again");
    }

    @Test
    void ignoresUnixModesThatAnotherSystemWrote() {
        assertThat(read(bend(GOOD, "handler.py", 38, 0120777L << 16, 4))).isInstanceOf(PackageReading.Accepted.class);
    }

    @Test
    void refusesEncryptedEntries() {
        assertThat(problems(read(bend(GOOD, "tests/a.json", 8, 1, 2))))
                .contains("tests/a.json: must not be encrypted, got: an encrypted entry. Pack it again");
    }

    @Test
    void refusesUnknownCompression() {
        assertThat(problems(read(bend(GOOD, "tests/a.json", 10, 93, 2))))
                .contains("tests/a.json: must be stored or deflated, got: compression method 93. Pack it again");
    }

    @Test
    void refusesANameThatIsThereTwice() {
        byte[] zip = PackageFixture.python().with("x.py", "").with("y.py", "").zip();
        byte[] twice = new String(zip, StandardCharsets.ISO_8859_1)
                .replace("y.py", "x.py")
                .getBytes(StandardCharsets.ISO_8859_1);

        assertThat(problems(read(twice)))
                .containsExactly("x.py: must be in the package once, got: the same name again. Pack it again");
    }

    @Test
    void refusesAFileThatIsAFolderToo() {
        assertThat(PackageFixture.python().with("a", "").with("a/b", "").problems())
                .containsExactly("a: must be a file or a folder, got: both. Pack it again");
    }

    @Test
    void refusesAnotherNameInTheLocalHeader() {
        byte[] zip = PackageFixture.python().with("innocent.py", "").zip();
        byte[] name = "evil.so/.py".getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(name, 0, zip, PackageFixture.directoryEntry(zip, "innocent.py") + 46, name.length);

        assertThat(problems(read(zip)))
                .containsExactly("evil.so/.py: must be whole, got: an entry with another name than in the directory."
                        + " Pack it again");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 22, 24, 1_000})
    void refusesADeclaredSizeThatIsNotTrue(long declared) {
        assertThat(problems(read(bend(GOOD, "handler.py", 24, declared, 4))))
                .contains("handler.py: must be whole, got: content of another size than declared. Pack it again");
    }

    @Test
    void refusesAWrongChecksum() {
        assertThat(problems(read(bend(GOOD, "handler.py", 16, 1, 4))))
                .contains("handler.py: must be whole, got: content that does not match its checksum or declared size."
                        + " Pack it again");
    }

    @ParameterizedTest
    @ValueSource(longs = {0x7fff_ffffL, 0xffff_fffeL, 1})
    void refusesAnOffsetThatPointsNowhere(long offset) {
        assertThat(problems(read(bend(GOOD, "handler.py", 42, offset, 4))))
                .contains("handler.py: must be whole, got: no entry where the directory points to. Pack it again");
    }

    @Test
    void refusesAnEntryWithoutItsZip64Size() {
        assertThat(problems(read(bend(GOOD, "handler.py", 24, 0xffff_ffffL, 4))))
                .containsExactly("package: must be a whole zip file, got: an entry without its size. Pack it again");
    }

    @Test
    void refusesABombBeforeItUnpacksIt() {
        byte[] bomb = PackageFixture.python()
                .with("zeros", new byte[20 * 1024 * 1024])
                .zip();

        assertThat(problems(read(bomb)))
                .singleElement()
                .asString()
                .startsWith("package: must unpack to less than 100 times its size, got: 20971");
    }

    @Test
    void refusesMoreBytesThanTheBoundByTheDeclaredSizeAlone() {
        assertThat(problems(read(bend(GOOD, "handler.py", 24, 0xffff_fff0L, 4))))
                .containsExactly("package: must unpack to at most 262144000 bytes, got: more than 262144000 bytes."
                        + " Leave out what the function does not need, or move it to a layer");
    }

    @Test
    void refusesTooManyEntriesAndEvents() {
        PackageLimits limits = new PackageLimits(3, 1_000, 100, 1);
        PackageFixture events = PackageFixture.python().without("handler.py").with("tests/b.json", "1");

        assertThat(problems(new AlgorithmPackages(limits)
                        .readZip(PackageFixture.python().with("more.py", "").zip())))
                .containsExactly("package: must have at most 3 files, got: 4 or more."
                        + " Leave out what the function does not need");
        assertThat(problems(new AlgorithmPackages(limits).readZip(events.zip())))
                .contains("tests/: must hold at most 1 events, got: 2. Choose those that stand for the others");
    }

    @Test
    void refusesEveryCut() {
        for (int length = 0; length < GOOD.length; length++) {
            assertThat(problems(read(Arrays.copyOf(GOOD, length))))
                    .as("first %d bytes", length)
                    .isNotEmpty();
        }
    }

    @Test
    void neverThrowsWhateverTheBytes() {
        SplittableRandom random = new SplittableRandom(20_261_121);
        for (int round = 0; round < 5_000; round++) {
            byte[] bent = GOOD.clone();
            for (int flips = random.nextInt(1, 6); flips > 0; flips--) {
                bent[random.nextInt(bent.length)] = (byte) random.nextInt(256);
            }
            assertThat(read(bent)).as("round %d", round).isNotNull();
        }
    }
}
