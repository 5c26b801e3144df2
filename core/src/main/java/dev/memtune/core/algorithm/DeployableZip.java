// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.algorithm;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.LocalDateTime;
import java.util.Collection;
import java.util.NavigableMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Packs code so that the same files give the same bytes: sorted, with one fixed time, with Unix modes (0755 for what may be
 * executed, 0644 otherwise), without which Lambda could not start a {@code bootstrap}.
 */
final class DeployableZip {
    /** The earliest time that a zip can hold. */
    private static final LocalDateTime TIME = LocalDateTime.of(1980, 1, 1, 0, 0, 0);

    private static final int EXECUTABLE_MODE = 0100755;
    private static final int FILE_MODE = 0100644;

    private DeployableZip() {}

    static byte[] of(NavigableMap<String, PackageFile> code) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (PackageFile file : code.values()) {
                ZipEntry entry = new ZipEntry(file.path());
                entry.setTimeLocal(TIME);
                zip.putNextEntry(entry);
                zip.write(file.bytes());
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot pack code in memory", e);
        }
        return withModes(bytes.toByteArray(), code.values());
    }

    /** Writes the modes into the directory, which the JDK leaves empty. Its entries are in the order of {@code files}. */
    private static byte[] withModes(byte[] zip, Collection<PackageFile> files) {
        ByteBuffer buffer = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
        int end = zip.length - 22; // the end record, without a comment
        int at = buffer.getInt(end + 16);
        for (PackageFile file : files) {
            buffer.put(at + 5, (byte) ZipMember.UNIX);
            buffer.putInt(at + 38, (file.isExecutable() ? EXECUTABLE_MODE : FILE_MODE) << 16);
            at += 46 + buffer.getShort(at + 28) + buffer.getShort(at + 30) + buffer.getShort(at + 32);
        }
        return zip;
    }
}
