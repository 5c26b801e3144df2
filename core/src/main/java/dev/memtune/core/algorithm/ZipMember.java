// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.algorithm;

import java.nio.charset.StandardCharsets;

/**
 * One entry of a zip's central directory.
 *
 * @param name as stored, {@code /} at the end for a folder
 * @param madeBy the system whose attributes {@code externalAttributes} holds, 3 for Unix
 * @param flags general purpose bits
 * @param method 0 stored, 8 deflated
 * @param crc CRC-32 of the unpacked bytes
 * @param packedBytes size in the archive
 * @param unpackedBytes size as declared
 * @param externalAttributes for Unix, the file mode in the upper half
 * @param localOffset where the entry's local header starts
 */
record ZipMember(
        String name,
        int madeBy,
        int flags,
        int method,
        long crc,
        long packedBytes,
        long unpackedBytes,
        int externalAttributes,
        long localOffset) {
    static final int STORED = 0;
    static final int DEFLATED = 8;
    static final int UNIX = 3;
    /** Darwin, as written by some macOS tools, holds Unix modes as well. */
    static final int MACOS = 19;

    private static final int FILE_TYPE = 0xF000;
    private static final int REGULAR = 0x8000;
    private static final int OWNER_EXECUTES = 0100;

    boolean isFolder() {
        return name.endsWith("/");
    }

    /** The traditional or the strong encryption bit, or AES (method 99). */
    boolean isEncrypted() {
        return (flags & 0x41) != 0 || method == 99;
    }

    /** A symbolic link, device, pipe or socket. */
    boolean isSpecial() {
        int type = unixMode() & FILE_TYPE;
        return type != 0 && type != REGULAR && !isFolder();
    }

    boolean isExecutable() {
        return (unixMode() & OWNER_EXECUTES) != 0;
    }

    byte[] rawName() {
        return name.getBytes(StandardCharsets.UTF_8);
    }

    private int unixMode() {
        return madeBy == UNIX || madeBy == MACOS ? externalAttributes >>> 16 : 0;
    }
}
