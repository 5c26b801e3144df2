// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.logs;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A log as bytes of UTF-8, whatever it is kept in: packed by gzip, as <a
 * href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/S3Export.html">exports to S3</a> are, in UTF-16, as a
 * redirection of Windows PowerShell writes it, or with a byte order mark; the tail of an Invoke also in base64, as its
 * {@code LogResult} is.
 */
public final class PlainLog {
    private static final int MARK_BYTES = 3;
    private static final byte[] GZIP = {0x1f, (byte) 0x8b};
    private static final byte[] UTF_8_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};
    private static final byte[] LITTLE_ENDIAN = {(byte) 0xff, (byte) 0xfe};
    private static final byte[] BIG_ENDIAN = {(byte) 0xfe, (byte) 0xff};

    /** A tail of 4,096 bytes has 5,464 characters, to which line ends may be added. */
    private static final int MAX_BASE64_BYTES = 8 * 1024;

    private static final Pattern BASE64 = Pattern.compile("\\s*+\"?[A-Za-z0-9+/\\s]++={0,2}+\\s*+\"?\\s*+");
    private static final Pattern NO_BASE64 = Pattern.compile("[\\s\"]");
    private static final Pattern PLATFORM = Pattern.compile("RequestId: |\"platform\\.");

    private PlainLog() {}

    /**
     * Opens a log.
     *
     * @param stream the log as it is kept; not closed
     * @throws IOException if it cannot be read, or begins as a gzip file does and is none
     */
    public static InputStream of(InputStream stream) throws IOException {
        PushbackInputStream peeked = new PushbackInputStream(requireNonNull(stream, "stream"), MARK_BYTES);
        byte[] head = peeked.readNBytes(MARK_BYTES);
        peeked.unread(head);
        return tail(begins(head, GZIP) ? text(new GZIPInputStream(peeked)) : text(peeked));
    }

    private static InputStream text(InputStream stream) throws IOException {
        PushbackInputStream peeked = new PushbackInputStream(stream, MARK_BYTES);
        byte[] head = peeked.readNBytes(MARK_BYTES);
        if (begins(head, UTF_8_MARK)) {
            return peeked;
        }
        peeked.unread(head);
        boolean wide = begins(head, LITTLE_ENDIAN) || begins(head, BIG_ENDIAN);
        return wide ? new Recoded(peeked) : peeked;
    }

    private static InputStream tail(InputStream text) throws IOException {
        byte[] head = text.readNBytes(MAX_BASE64_BYTES + 1);
        byte[] decoded = head.length > MAX_BASE64_BYTES ? null : decoded(new String(head, StandardCharsets.ISO_8859_1));
        return decoded == null
                ? new SequenceInputStream(new ByteArrayInputStream(head), text)
                : new ByteArrayInputStream(decoded);
    }

    /** Returns the log that a text is in base64, or null if it is none: any word might be base64 of something. */
    private static byte @Nullable [] decoded(String text) {
        if (!BASE64.matcher(text).matches()) {
            return null;
        }
        try {
            byte[] bytes = Base64.getDecoder().decode(NO_BASE64.matcher(text).replaceAll(""));
            boolean isLog = PLATFORM.matcher(new String(bytes, StandardCharsets.ISO_8859_1))
                    .find();
            return isLog ? bytes : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static boolean begins(byte[] head, byte[] mark) {
        return head.length >= mark.length && Arrays.equals(head, 0, mark.length, mark, 0, mark.length);
    }

    /** Text of UTF-16, block by block; a character that two blocks share is lost, which no report has. */
    private static final class Recoded extends InputStream {
        private static final int BLOCK_CHARS = 8 * 1024;

        private final InputStreamReader reader;
        private final char[] block = new char[BLOCK_CHARS];
        private ByteArrayInputStream bytes = new ByteArrayInputStream(new byte[0]);

        Recoded(InputStream stream) {
            this.reader = new InputStreamReader(stream, StandardCharsets.UTF_16);
        }

        @Override
        public int read() throws IOException {
            return fill() ? bytes.read() : -1;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            return fill() ? bytes.read(target, offset, length) : -1;
        }

        private boolean fill() throws IOException {
            if (bytes.available() > 0) {
                return true;
            }
            int count = reader.read(block);
            bytes = new ByteArrayInputStream(
                    count < 0 ? new byte[0] : new String(block, 0, count).getBytes(StandardCharsets.UTF_8));
            return count >= 0;
        }
    }
}
