// SPDX-License-Identifier: Apache-2.0
package dev.memtune.cli.watch;

import dev.memtune.core.registry.Upload;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * The upload that a dropped file is. Its sequencer is the time in milliseconds, or one more than the last upload's, so that
 * every upload of a name is later than those before it; its version id has the content's hash too, so that the same content
 * is known again.
 *
 * @param name the algorithm's, which is the file's
 * @param contentHash SHA-256, the first 16 bytes, in hexadecimal digits
 */
public record DroppedZip(String name, String contentHash) {
    private static final String BUCKET = "watched";
    private static final Pattern FILE = Pattern.compile("([A-Za-z0-9_-]{1,64})\\.zip");
    private static final int HASH_BYTES = 16;

    /**
     * Reads a file.
     *
     * @throws IllegalArgumentException if it has no upload's name
     */
    public static DroppedZip of(Path file) throws IOException {
        String name = nameOf(file).orElseThrow(() -> new IllegalArgumentException("must be NAME.zip, got: " + file));
        return new DroppedZip(name, hash(file));
    }

    /** The algorithm's name; empty if the file has no upload's name. */
    public static Optional<String> nameOf(Path file) {
        Matcher matcher = FILE.matcher(String.valueOf(file.getFileName()));
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /** Whether an upload has this content. */
    public boolean is(Upload upload) {
        return upload.versionId().endsWith("-" + contentHash);
    }

    /**
     * The upload that this is.
     *
     * @param last the one before; null if there was none
     */
    Upload after(@Nullable Upload last, Instant now) {
        long least = last == null ? 0 : Long.parseLong(last.sequencer(), 16) + 1;
        String sequencer = HexFormat.of().toHexDigits(Math.max(least, now.toEpochMilli()));
        return new Upload(BUCKET, name + ".zip", sequencer + "-" + contentHash, sequencer);
    }

    /** Whether the file is a zip with its end, which is written last. */
    static boolean isWhole(Path file) {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            return zip.size() >= 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static String hash(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file);
                DigestInputStream digested = new DigestInputStream(in, MessageDigest.getInstance("SHA-256"))) {
            digested.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(digested.getMessageDigest().digest(), 0, HASH_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
