// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.store;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A file of lines that only grows: {@code <CRC-32C of the text, 8 hex digits> <text>}. What a crash left behind the last
 * whole line is not read, and is cut off by the next append. Whoever calls {@link #unseen} or {@link #append} holds the
 * run's lock, which guards the memory of what was seen too. An interrupt stops neither.
 */
final class CheckedLog {
    private static final int CHECKSUM_LENGTH = 8;

    private final Path file;
    private final Durability durability;
    private Seen seen = Seen.NOTHING;

    CheckedLog(Path file, Durability durability) {
        this.file = file;
        this.durability = durability;
    }

    /**
     * Texts in the order of their appending.
     *
     * @param afresh whether they begin with the file's first, because the file is new or another than before
     */
    record Unseen(boolean afresh, List<String> texts) {}

    /**
     * How far the file was read or written.
     *
     * @param key what tells the file from another of its name; null if it was not there
     * @param end where its whole lines ended
     * @param lastStart where the last of them begins
     * @param lastChecksum how that line begins: whoever replaced the file did not keep it
     */
    private record Seen(@Nullable Object key, long end, long lastStart, String lastChecksum) {
        static final Seen NOTHING = new Seen(null, 0, 0, "");
    }

    /**
     * The whole lines of some bytes.
     *
     * @param end where they end
     * @param lastStart where the last of them begins
     */
    private record Content(List<String> texts, int end, int lastStart) {}

    /** Every text that was appended whole. @throws IOException if a line is damaged that others follow */
    List<String> read() throws IOException {
        try {
            return content(Files.readAllBytes(file), 0).texts();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    /** Every text that was neither returned by this method before nor appended by this object. */
    Unseen unseen() throws IOException {
        Object key = key();
        if (key == null) {
            seen = Seen.NOTHING;
            return new Unseen(true, List.of());
        }
        try (RandomAccessFile input = new RandomAccessFile(file.toFile(), "r")) {
            Seen known = isStillThere(input, key) ? seen : Seen.NOTHING;
            byte[] bytes = new byte[Math.toIntExact(input.length() - known.end())];
            input.seek(known.end());
            input.readFully(bytes);
            Content content = content(bytes, known.end());
            if (!content.texts().isEmpty()) {
                String checksum = checksumAt(bytes, content.lastStart());
                seen = new Seen(key, known.end() + content.end(), known.end() + content.lastStart(), checksum);
            } else {
                seen = known;
            }
            return new Unseen(known.end() == 0, content.texts());
        }
    }

    /** Appends a text without line breaks, after {@link #unseen}; it survives as promised when this returns. */
    void append(String text) throws IOException {
        byte[] line = line(text);
        long start = seen.end();
        try (RandomAccessFile output = new RandomAccessFile(file.toFile(), "rw")) {
            boolean first = output.length() == 0;
            output.setLength(start);
            output.seek(start);
            output.write(line);
            durability.force(output.getFD());
            if (first) {
                durability.forceName(file);
            }
        }
        seen = new Seen(key(), start + line.length, start, checksumAt(line, 0));
    }

    private @Nullable Object key() throws IOException {
        try {
            Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
            return key == null ? file : key;
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    private boolean isStillThere(RandomAccessFile input, Object key) throws IOException {
        if (!key.equals(seen.key()) || input.length() < seen.end()) {
            return false;
        }
        byte[] checksum = new byte[CHECKSUM_LENGTH];
        input.seek(seen.lastStart());
        input.readFully(checksum);
        input.seek(seen.end() - 1);
        return checksumAt(checksum, 0).equals(seen.lastChecksum()) && input.read() == '\n';
    }

    private Content content(byte[] bytes, long offset) throws IOException {
        List<String> texts = new ArrayList<>();
        int lastStart = 0;
        int start = 0;
        int end = endOfLine(bytes, start);
        while (end >= 0 && isWhole(bytes, start, end)) {
            texts.add(text(bytes, start, end));
            lastStart = start;
            start = end + 1;
            end = endOfLine(bytes, start);
        }
        checkNothingFollows(bytes, start, offset);
        return new Content(texts, start, lastStart);
    }

    /** A torn append is the last thing in its file; whole lines behind a damaged one mean that the disk lost something. */
    private void checkNothingFollows(byte[] bytes, int damagedAt, long offset) throws IOException {
        int start = damagedAt;
        for (int end = endOfLine(bytes, start); end >= 0; end = endOfLine(bytes, start)) {
            if (isWhole(bytes, start, end)) {
                throw new IOException(file + ": every line must match its checksum, got a damaged line at byte "
                        + (offset + damagedAt) + " before whole ones. Restore the file from a copy, or move it away.");
            }
            start = end + 1;
        }
    }

    private static int endOfLine(byte[] bytes, int start) {
        for (int i = start; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    private static boolean isWhole(byte[] bytes, int start, int end) {
        if (end - start <= CHECKSUM_LENGTH || bytes[start + CHECKSUM_LENGTH] != ' ') {
            return false;
        }
        return checksumAt(bytes, start).equals(checksum(Arrays.copyOfRange(bytes, start + CHECKSUM_LENGTH + 1, end)));
    }

    private static String checksumAt(byte[] bytes, int start) {
        return new String(bytes, start, CHECKSUM_LENGTH, StandardCharsets.ISO_8859_1);
    }

    private static String text(byte[] bytes, int start, int end) {
        int from = start + CHECKSUM_LENGTH + 1;
        return new String(bytes, from, end - from, StandardCharsets.UTF_8);
    }

    private static byte[] line(String text) {
        if (text.indexOf('\n') >= 0) {
            throw new IllegalArgumentException(
                    "a line must not contain a line break, got one at " + text.indexOf('\n'));
        }
        return (checksum(text.getBytes(StandardCharsets.UTF_8)) + " " + text + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private static String checksum(byte[] text) {
        CRC32C crc = new CRC32C();
        crc.update(text);
        return HexFormat.of().toHexDigits((int) crc.getValue());
    }
}
