// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * A file of lines that only grows: {@code <CRC-32C of the text, 8 hex digits> <text>}. What a crash left behind the last
 * whole line is not read, and is cut off by the next append. Appends must not overlap: the caller holds the run's lock.
 */
final class CheckedLog {
    private static final int CHECKSUM_LENGTH = 8;

    private final Path file;

    CheckedLog(Path file) {
        this.file = file;
    }

    /**
     * The whole lines.
     *
     * @param texts in the order of their appending
     * @param length how many bytes of the file they take
     */
    private record Content(List<String> texts, int length) {}

    /** Every text that was appended whole. @throws IOException if a line is damaged that others follow */
    List<String> read() throws IOException {
        return content().texts();
    }

    /** Appends a text without line breaks; it is on the disk when this returns. */
    void append(String text) throws IOException {
        int length = content().length();
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.READ)) {
            boolean first = channel.size() == 0;
            channel.truncate(length);
            ByteBuffer line = ByteBuffer.wrap(line(text));
            long position = length;
            while (line.hasRemaining()) {
                position += channel.write(line, position);
            }
            channel.force(true);
            if (first) {
                AtomicFiles.forceDirectory(AtomicFiles.folderOf(file));
            }
        }
    }

    private Content content() throws IOException {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            return new Content(List.of(), 0);
        }
        List<String> texts = new ArrayList<>();
        int start = 0;
        int end = endOfLine(bytes, start);
        while (end >= 0 && isWhole(bytes, start, end)) {
            texts.add(text(bytes, start, end));
            start = end + 1;
            end = endOfLine(bytes, start);
        }
        checkNothingFollows(bytes, start);
        return new Content(texts, start);
    }

    /** A torn append is the last thing in its file; whole lines behind a damaged one mean that the disk lost something. */
    private void checkNothingFollows(byte[] bytes, int damagedAt) throws IOException {
        int start = damagedAt;
        for (int end = endOfLine(bytes, start); end >= 0; end = endOfLine(bytes, start)) {
            if (isWhole(bytes, start, end)) {
                throw new IOException(file + ": every line must match its checksum, got a damaged line at byte "
                        + damagedAt + " before whole ones. Restore the file from a copy, or move it away.");
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
        String expected = new String(bytes, start, CHECKSUM_LENGTH, StandardCharsets.ISO_8859_1);
        return expected.equals(checksum(Arrays.copyOfRange(bytes, start + CHECKSUM_LENGTH + 1, end)));
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
