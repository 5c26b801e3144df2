// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.store;

import dev.memtune.core.port.LambdaFault;
import dev.memtune.core.port.ObjectSource;
import dev.memtune.core.port.UploadShelf;
import dev.memtune.core.registry.Upload;
import dev.memtune.core.wire.S3Location;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * The shelf as files. Of every upload there is a copy, which does not change when the file that was dropped does; it is thrown
 * away when the upload has been taken in. What is kept is found under {@code s3://memtune-local/KEY}.
 */
public final class FileShelf implements UploadShelf, ObjectSource {
    private static final String BUCKET = "memtune-local";

    private final Path uploads;
    private final Path kept;

    /**
     * Opens a shelf.
     *
     * @param directory where it is kept; made if missing
     */
    public FileShelf(Path directory) throws IOException {
        this.uploads = Files.createDirectories(directory.resolve("uploads"));
        this.kept = Files.createDirectories(directory.resolve("kept"));
    }

    /** Copies a file that was dropped, before it is told of as this upload. */
    public void put(Upload upload, Path dropped) throws IOException {
        Files.copy(dropped, file(upload), StandardCopyOption.REPLACE_EXISTING);
    }

    /** Throws the copy away. */
    public void discard(Upload upload) throws IOException {
        Files.deleteIfExists(file(upload));
    }

    @Override
    public byte[] read(Upload upload, int maxBytes) {
        return read(file(upload), maxBytes);
    }

    @Override
    public byte[] read(S3Location location, int maxBytes) {
        if (!location.bucket().equals(BUCKET)) {
            throw new Unreadable("on this machine there are only objects of s3://" + BUCKET);
        }
        return read(kept.resolve(location.key()), maxBytes);
    }

    @Override
    public String keep(String key, byte[] bytes) {
        Path file = kept.resolve(key);
        try {
            Files.createDirectories(file.getParent());
            AtomicFiles.write(file, bytes, Durability.DISK);
        } catch (IOException e) {
            throw new LambdaFault.OutcomeUnknown("cannot write " + file + ": " + e, e);
        }
        return new S3Location(BUCKET, key).toString();
    }

    private Path file(Upload upload) {
        return uploads.resolve(upload.key() + "." + upload.versionId());
    }

    private static byte[] read(Path file, int maxBytes) {
        try {
            long bytes = Files.size(file);
            if (bytes > maxBytes) {
                throw new Unreadable("it has " + bytes + " bytes, more than " + maxBytes);
            }
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new Unreadable("it is not there any more");
        } catch (IOException e) {
            throw new LambdaFault.OutcomeUnknown("cannot read " + file + ": " + e, e);
        }
    }
}
