// SPDX-License-Identifier: Apache-2.0
package dev.memtune.aws.runs;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Texts of any length as items: compressed, and cut into parts where they are longer than an item may be. The parts are
 * named by their content and written first, the item that names them last, so a text is there whole or not at all.
 *
 * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html">400 KB an item</a>
 */
final class Blobs {
    /** Below the 400 KB of an item, with room for its keys. */
    static final int MAX_PART_BYTES = 380_000;

    private static final String DATA = "data";
    private static final String DIGEST = "digest";
    private static final String PARTS = "parts";
    /** A text may be replaced between the reading of its item and of its parts. */
    private static final int READ_ATTEMPTS = 5;

    private final RunTable table;

    Blobs(RunTable table) {
        this.table = table;
    }

    void put(String runId, String item, String text) {
        Optional<Map<String, AttributeValue>> before = table.get(runId, item);
        write(runId, item, text);
        before.filter(old -> !digest(old).equals(digestOf(compressed(text)))).ifPresent(old -> deleteParts(runId, old));
    }

    /** The same for a text that was never there before. */
    void write(String runId, String item, String text) {
        byte[] bytes = compressed(text);
        if (bytes.length <= MAX_PART_BYTES) {
            table.put(runId, item, Map.of(DATA, binary(bytes)));
            return;
        }
        String digest = digestOf(bytes);
        int parts = Math.ceilDiv(bytes.length, MAX_PART_BYTES);
        for (int part = 0; part < parts; part++) {
            int from = part * MAX_PART_BYTES;
            byte[] piece = Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + MAX_PART_BYTES));
            table.put(runId, part(digest, part), Map.of(DATA, binary(piece)));
        }
        table.put(runId, item, Map.of(DIGEST, RunTable.text(digest), PARTS, RunTable.number(parts)));
    }

    /** @throws UncheckedIOException if it is replaced each time that it is read */
    Optional<String> get(String runId, String item) {
        for (int attempt = 0; attempt < READ_ATTEMPTS; attempt++) {
            Optional<Map<String, AttributeValue>> found = table.get(runId, item);
            if (found.isEmpty()) {
                return Optional.empty();
            }
            Optional<String> text = read(runId, found.get());
            if (text.isPresent()) {
                return text;
            }
        }
        throw new UncheckedIOException(new IOException("run " + runId + ": " + item + " was replaced " + READ_ATTEMPTS
                + " times while it was read, or parts of it have expired"));
    }

    /** The text of an item; empty if its parts are not there any more. */
    Optional<String> read(String runId, Map<String, AttributeValue> item) {
        AttributeValue data = item.get(DATA);
        if (data != null) {
            return Optional.of(text(data.b().asByteArrayUnsafe()));
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int part = 0; part < parts(item); part++) {
            Optional<Map<String, AttributeValue>> found = table.get(runId, part(digest(item), part));
            if (found.isEmpty()) {
                return Optional.empty();
            }
            bytes.writeBytes(
                    Objects.requireNonNull(found.get().get(DATA), DATA).b().asByteArrayUnsafe());
        }
        return Optional.of(text(bytes.toByteArray()));
    }

    private void deleteParts(String runId, Map<String, AttributeValue> item) {
        for (int part = 0; part < parts(item); part++) {
            table.delete(runId, part(digest(item), part));
        }
    }

    private static int parts(Map<String, AttributeValue> item) {
        AttributeValue parts = item.get(PARTS);
        return parts == null ? 0 : Integer.parseInt(parts.n());
    }

    private static String digest(Map<String, AttributeValue> item) {
        AttributeValue digest = item.get(DIGEST);
        return digest == null ? "" : digest.s();
    }

    private static String part(String digest, int part) {
        return "part#" + digest + "#" + part;
    }

    private static AttributeValue binary(byte[] bytes) {
        return AttributeValue.fromB(SdkBytes.fromByteArrayUnsafe(bytes));
    }

    private static byte[] compressed(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static String text(byte[] compressed) {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(compressed))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String digestOf(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256, this one has not", e);
        }
    }
}
