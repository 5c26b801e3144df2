// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.service;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Makes zip files. */
final class Zips {
    private Zips() {}

    static byte[] of(Map<String, byte[]> files) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                ZipEntry entry = new ZipEntry(file.getKey());
                entry.setTime(0);
                zip.putNextEntry(entry);
                zip.write(file.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static byte[] of(String name, String content) {
        return of(Map.of(name, content.getBytes(StandardCharsets.UTF_8)));
    }

    /** The same zip, made on Unix, with this mode for its only entry. */
    static byte[] withMode(byte[] zip, int mode) {
        byte[] changed = zip.clone();
        int entry = lastIndexOf(changed, new byte[] {'P', 'K', 1, 2});
        changed[entry + 5] = 3;
        changed[entry + 40] = (byte) mode;
        changed[entry + 41] = (byte) (mode >>> 8);
        return changed;
    }

    private static int lastIndexOf(byte[] bytes, byte[] signature) {
        for (int at = bytes.length - signature.length; at >= 0; at--) {
            if (java.util.Arrays.equals(bytes, at, at + signature.length, signature, 0, signature.length)) {
                return at;
            }
        }
        throw new IllegalArgumentException("no such signature in the zip");
    }
}
