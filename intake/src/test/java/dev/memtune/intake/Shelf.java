// SPDX-License-Identifier: Apache-2.0
package dev.memtune.intake;

import dev.memtune.core.port.LambdaFault;
import dev.memtune.core.port.ObjectSource;
import dev.memtune.core.port.UploadShelf;
import dev.memtune.core.registry.Upload;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A shelf in memory. */
final class Shelf implements UploadShelf {
    private final Map<String, byte[]> uploads = new HashMap<>();
    private final TreeMap<String, byte[]> kept = new TreeMap<>();
    private int reads;
    private boolean isDown;

    /** Puts a zip of text files there. */
    Upload upload(String name, String versionId, String sequencer, Map<String, String> files) {
        uploads.put(versionId, zip(files));
        return new Upload("bucket", "uploads/" + name + ".zip", versionId, sequencer);
    }

    @Override
    public byte[] read(Upload upload, int maxBytes) {
        reads++;
        if (isDown) {
            throw new LambdaFault.OutcomeUnknown("the store does not answer", null);
        }
        byte[] bytes = uploads.get(upload.versionId());
        if (bytes == null) {
            throw new ObjectSource.Unreadable("it is not there any more");
        }
        return bytes;
    }

    @Override
    public String keep(String key, byte[] bytes) {
        kept.put(key, bytes);
        return "s3://shelf/" + key;
    }

    Map<String, byte[]> kept() {
        return kept;
    }

    int reads() {
        return reads;
    }

    void down(boolean down) {
        isDown = down;
    }

    private static byte[] zip(Map<String, String> files) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, String> file : new TreeMap<>(files).entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue().getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
