// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.memtune.core.port.ObjectSource;
import dev.memtune.core.registry.Items;
import dev.memtune.core.registry.Upload;
import dev.memtune.core.wire.S3Location;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files that stand for a bucket, for names that are taken, and for the position in a stream. */
class UploadFilesTest {
    private static final Upload UPLOAD = new Upload("watched", "alpha.zip", "01-aa", "01");

    @TempDir
    private Path folder;

    @Test
    void readsTheUploadAsItWasWhenItWasPutThere() throws IOException {
        FileShelf shelf = new FileShelf(folder);
        Path dropped = Files.writeString(folder.resolve("alpha.zip"), "first");
        shelf.put(UPLOAD, dropped);
        Files.writeString(dropped, "second");

        assertThat(shelf.read(UPLOAD, 100)).asString().isEqualTo("first");
        assertThatExceptionOfType(ObjectSource.Unreadable.class)
                .isThrownBy(() -> shelf.read(UPLOAD, 3))
                .withMessageContaining("more than 3");
        shelf.discard(UPLOAD);
        assertThatExceptionOfType(ObjectSource.Unreadable.class).isThrownBy(() -> shelf.read(UPLOAD, 100));
    }

    @Test
    void findsWhatIsKeptByItsLocation() throws IOException {
        String location = new FileShelf(folder).keep("alpha/code.zip", new byte[] {1, 2});

        FileShelf reopened = new FileShelf(folder);
        assertThat(reopened.read(S3Location.of(location).orElseThrow(), 2)).containsExactly(1, 2);
        assertThatExceptionOfType(ObjectSource.Unreadable.class)
                .isThrownBy(() -> reopened.read(new S3Location("elsewhere", "alpha/code.zip"), 2))
                .withMessageContaining("memtune-local");
    }

    @Test
    void takesANameOnce() throws IOException {
        assertThat(new StartedExecutions(folder).add("alpha-1")).isTrue();

        StartedExecutions reopened = new StartedExecutions(folder);
        assertThat(reopened.contains("alpha-1")).isTrue();
        assertThat(reopened.contains("alpha-2")).isFalse();
        assertThat(reopened.add("alpha-1")).isFalse();
    }

    @Test
    void readsAChangeAgainUntilItIsDealtWith() throws IOException {
        FileRegistry registry = new FileRegistry(folder.resolve("registry"), Durability.PROCESS);
        registry.put(Items.uploaded("alpha"));
        registry.put(Items.uploaded("beta"));
        Path file = folder.resolve("cursors/trigger");
        StreamCursor cursor = new StreamCursor(registry, file);

        assertThat(cursor.next(1)).hasSize(1).isEqualTo(new StreamCursor(registry, file).next(1));
        cursor.advance(1);
        StreamCursor reopened = new StreamCursor(registry, file);
        assertThat(reopened.position()).isEqualTo(1);
        assertThat(reopened.next(10)).singleElement().satisfies(change -> assertThat(
                        change.after().orElseThrow().name())
                .isEqualTo("beta"));
    }
}
