// SPDX-License-Identifier: Apache-2.0
package dev.memtune.cli.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memtune.core.port.VirtualClock;
import dev.memtune.core.registry.Upload;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DropFolderTest {
    private static final Duration A_SECOND = Duration.ofSeconds(1);

    @TempDir
    private Path folder;

    private final VirtualClock clock = new VirtualClock();
    private final List<String> words = new ArrayList<>();
    private final List<String> taken = new ArrayList<>();
    private DropFolder drops;

    @BeforeEach
    void open() {
        drops = new DropFolder(folder, clock, words::add);
    }

    private void lookAfter(Duration time) throws IOException {
        clock.sleep(time);
        drops.look(zip -> taken.add(String.valueOf(zip.getFileName())));
    }

    private Path drop(String name, byte[] bytes, int modifiedSecond) throws IOException {
        Path file = Files.write(folder.resolve(name), bytes);
        Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(modifiedSecond)));
        return file;
    }

    private static byte[] zip(String content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("handler.py"));
            zip.write(content.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    @Test
    void takesWhatIsWholeAndQuietOnceAndOldestFirst() throws IOException {
        drop("young.zip", zip("a"), 20);
        drop("old.zip", zip("b"), 10);
        lookAfter(Duration.ZERO);
        assertThat(taken).isEmpty();
        assertThat(drops.isWaiting()).isTrue();

        lookAfter(A_SECOND);
        lookAfter(A_SECOND);
        assertThat(taken).containsExactly("old.zip", "young.zip");
        assertThat(drops.isWaiting()).isFalse();
    }

    @Test
    void takesWhatChanged() throws IOException {
        drop("alpha.zip", zip("a"), 10);
        lookAfter(Duration.ZERO);
        lookAfter(A_SECOND);
        drop("alpha.zip", zip("changed"), 20);
        lookAfter(A_SECOND);
        lookAfter(A_SECOND);

        assertThat(taken).containsExactly("alpha.zip", "alpha.zip");
    }

    @Test
    void waitsForWhatIsBeingWritten() throws IOException {
        byte[] whole = zip("content");
        byte[] half = Arrays.copyOf(whole, whole.length / 2);
        drop("alpha.zip", half, 10);
        lookAfter(Duration.ZERO);
        lookAfter(A_SECOND);
        lookAfter(A_SECOND);
        assertThat(taken).isEmpty();

        drop("alpha.zip", whole, 20);
        lookAfter(A_SECOND);
        lookAfter(A_SECOND);
        assertThat(taken).containsExactly("alpha.zip");
    }

    @Test
    void takesWhatNobodyCompletesAsItIs() throws IOException {
        drop("alpha.zip", new byte[] {1, 2, 3}, 10);
        lookAfter(Duration.ZERO);
        lookAfter(Duration.ofSeconds(11));

        assertThat(taken).containsExactly("alpha.zip");
    }

    @Test
    void offersAgainWhatWasNotTaken() throws IOException {
        drop("alpha.zip", zip("a"), 10);
        lookAfter(Duration.ZERO);
        clock.sleep(A_SECOND);
        drops.look(zip -> false);
        assertThat(drops.isWaiting()).isTrue();

        lookAfter(A_SECOND);
        assertThat(taken).containsExactly("alpha.zip");
    }

    @Test
    void saysOnceWhatItIgnores() throws IOException {
        drop("notes.txt", new byte[0], 10);
        drop("two words.zip", zip("a"), 10);
        drop(".alpha.zip.part", zip("a"), 10);
        Files.createDirectory(folder.resolve("unpacked"));
        Files.createDirectory(folder.resolve("results"));
        lookAfter(Duration.ZERO);
        lookAfter(A_SECOND);

        assertThat(taken).isEmpty();
        assertThat(words)
                .hasSize(3)
                .anyMatch(line -> line.startsWith("ignored notes.txt: "))
                .anyMatch(line -> line.startsWith("ignored two words.zip: "))
                .anyMatch(line ->
                        line.startsWith("ignored unpacked: ") && line.endsWith("pack the content of the folder"));
    }

    @Test
    void ordersUploadsAlsoWhenTheClockGoesBack() throws IOException {
        DroppedZip first = DroppedZip.of(drop("alpha.zip", zip("a"), 10));
        Upload earlier = first.after(null, clock.instant());
        DroppedZip second = DroppedZip.of(drop("alpha.zip", zip("b"), 20));
        Upload later = second.after(earlier, clock.instant().minusSeconds(3600));
        Upload again = first.after(later, clock.instant());

        assertThat(later.isNewerThan(earlier)).isTrue();
        assertThat(again.isNewerThan(later)).isTrue();
        assertThat(first.is(earlier)).isTrue();
        assertThat(second.is(earlier)).isFalse();
        assertThat(again.versionId()).isNotEqualTo(earlier.versionId());
    }
}
