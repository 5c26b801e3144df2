// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.algorithm;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a zip's central directory, the only place that has each entry's Unix mode: the JDK's own zip classes do not tell
 * links from files. Format: <a href="https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT">APPNOTE.TXT</a>, sections
 * 4.3.12 (entries), 4.3.16 (end record) and 4.5.3 (Zip64 sizes).
 */
final class ZipDirectory {
    private static final int END_SIGNATURE = 0x06054b50;
    private static final int END_BYTES = 22;
    private static final int MAX_COMMENT_BYTES = 0xFFFF;
    private static final int ENTRY_SIGNATURE = 0x02014b50;
    private static final int ENTRY_BYTES = 46;
    private static final int ZIP64_EXTRA = 0x0001;
    private static final long IN_ZIP64 = 0xFFFFFFFFL;

    private final ByteBuffer zip;

    private ZipDirectory(byte[] zip) {
        this.zip = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** @throws BrokenZipException if there is no whole directory */
    static List<ZipMember> membersOf(byte[] zip) throws BrokenZipException {
        return new ZipDirectory(zip).members();
    }

    private List<ZipMember> members() throws BrokenZipException {
        int end = endRecord();
        int count = zip.getShort(end + 10) & 0xFFFF;
        long position = zip.getInt(end + 16) & IN_ZIP64;
        long size = zip.getInt(end + 12) & IN_ZIP64;
        if (count == 0xFFFF || position == IN_ZIP64) {
            throw new BrokenZipException("an archive of 65,535 or more entries, or of 4 GiB or more");
        }
        if (position + size > end) {
            throw new BrokenZipException("a directory that lies outside of the file");
        }
        List<ZipMember> members = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int at = Math.toIntExact(position);
            checkEntry(at, end, i);
            members.add(member(at));
            position += entryBytes(at);
        }
        return members;
    }

    private int endRecord() throws BrokenZipException {
        int last = zip.limit() - END_BYTES;
        for (int at = last; at >= Math.max(0, last - MAX_COMMENT_BYTES); at--) {
            boolean found = zip.getInt(at) == END_SIGNATURE;
            if (found && at + END_BYTES + (zip.getShort(at + 20) & 0xFFFF) == zip.limit()) {
                return at;
            }
        }
        throw new BrokenZipException(
                zip.limit() >= 2 && zip.getShort(0) == 0x4b50
                        ? "a zip without its end (" + zip.limit() + " bytes): cut off or damaged"
                        : zip.limit() + " bytes that are not a zip");
    }

    private void checkEntry(int at, int end, int index) throws BrokenZipException {
        if (at + ENTRY_BYTES > end || zip.getInt(at) != ENTRY_SIGNATURE || at + entryBytes(at) > end) {
            throw new BrokenZipException("a directory that is damaged at entry " + (index + 1));
        }
    }

    private int entryBytes(int at) {
        return ENTRY_BYTES + nameBytes(at) + extraBytes(at) + (zip.getShort(at + 32) & 0xFFFF);
    }

    private int nameBytes(int at) {
        return zip.getShort(at + 28) & 0xFFFF;
    }

    private int extraBytes(int at) {
        return zip.getShort(at + 30) & 0xFFFF;
    }

    private ZipMember member(int at) throws BrokenZipException {
        Zip64Values large = new Zip64Values(zip64Extra(at));
        // The order matters: the extra field holds just those values that are missing here, unpacked size first.
        long unpacked = large.instead(zip.getInt(at + 24) & IN_ZIP64);
        long packed = large.instead(zip.getInt(at + 20) & IN_ZIP64);
        long offset = large.instead(zip.getInt(at + 42) & IN_ZIP64);
        return new ZipMember(
                name(at),
                zip.get(at + 5) & 0xFF,
                zip.getShort(at + 8) & 0xFFFF,
                zip.getShort(at + 10) & 0xFFFF,
                zip.getInt(at + 16) & IN_ZIP64,
                packed,
                unpacked,
                zip.getInt(at + 38),
                offset);
    }

    private String name(int at) throws BrokenZipException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(zip.slice(at + ENTRY_BYTES, nameBytes(at)))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new BrokenZipException("an entry whose name is not UTF-8, at byte " + at);
        }
    }

    private ByteBuffer zip64Extra(int at) {
        int from = at + ENTRY_BYTES + nameBytes(at);
        int to = from + extraBytes(at);
        while (from + 4 <= to) {
            int size = zip.getShort(from + 2) & 0xFFFF;
            if ((zip.getShort(from) & 0xFFFF) == ZIP64_EXTRA && from + 4 + size <= to) {
                return zip.slice(from + 4, size).order(ByteOrder.LITTLE_ENDIAN);
            }
            from += 4 + size;
        }
        return ByteBuffer.allocate(0);
    }

    private record Zip64Values(ByteBuffer values) {
        long instead(long value) throws BrokenZipException {
            if (value != IN_ZIP64) {
                return value;
            }
            if (values.remaining() < Long.BYTES) {
                throw new BrokenZipException("an entry without its size");
            }
            long real = values.getLong();
            if (real < 0) {
                throw new BrokenZipException("an entry of negative size");
            }
            return real;
        }
    }
}
