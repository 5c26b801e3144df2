// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.service;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * Reads the Unix modes of a zip file's entries, which the JDK does not show, from its central directory.
 *
 * @see <a href="https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT">APPNOTE.TXT 4.3.12</a>
 */
final class ZipModes {
    private static final int END_SIGNATURE = 0x06054b50;
    private static final int END_BYTES = 22;
    private static final int MAX_COMMENT_BYTES = 65_535;
    private static final int ENTRY_SIGNATURE = 0x02014b50;
    private static final int ENTRY_BYTES = 46;
    private static final int UNIX = 3;
    private static final int TYPE_MASK = 0170000;
    private static final int SYMBOLIC_LINK = 0120000;
    private static final int ANY_EXECUTE = 0111;

    private final Map<String, Integer> modes;

    private ZipModes(Map<String, Integer> modes) {
        this.modes = modes;
    }

    /** Reads what is there; entries of other systems and unreadable directories have no modes. */
    static ZipModes of(byte[] zip) {
        ByteBuffer bytes = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
        Map<String, Integer> modes = new HashMap<>();
        int end = endRecord(bytes);
        if (end < 0) {
            return new ZipModes(modes);
        }
        int entry = bytes.getInt(end + 16);
        while (entry >= 0 && entry + ENTRY_BYTES <= zip.length && bytes.getInt(entry) == ENTRY_SIGNATURE) {
            int nameBytes = Short.toUnsignedInt(bytes.getShort(entry + 28));
            int next = entry
                    + ENTRY_BYTES
                    + nameBytes
                    + Short.toUnsignedInt(bytes.getShort(entry + 30))
                    + Short.toUnsignedInt(bytes.getShort(entry + 32));
            if (next > zip.length) {
                break;
            }
            if (bytes.get(entry + 5) == UNIX) {
                String name = new String(zip, entry + ENTRY_BYTES, nameBytes, StandardCharsets.UTF_8);
                modes.put(name, bytes.getInt(entry + 38) >>> 16);
            }
            entry = next;
        }
        return new ZipModes(modes);
    }

    private static int endRecord(ByteBuffer bytes) {
        int lowest = Math.max(0, bytes.limit() - END_BYTES - MAX_COMMENT_BYTES);
        for (int at = bytes.limit() - END_BYTES; at >= lowest; at--) {
            if (bytes.getInt(at) == END_SIGNATURE) {
                return at;
            }
        }
        return -1;
    }

    boolean isSymbolicLink(String name) {
        return (modes.getOrDefault(name, 0) & TYPE_MASK) == SYMBOLIC_LINK;
    }

    /** Whether a mode says so; zip files without modes (as Java writes them) have an executable {@code bootstrap}. */
    boolean isExecutable(String name) {
        int mode = modes.getOrDefault(name, 0);
        return mode == 0 ? name.equals("bootstrap") : (mode & ANY_EXECUTE) != 0;
    }
}
