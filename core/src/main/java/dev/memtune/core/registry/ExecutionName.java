// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.registry;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The name of the execution that tunes one attempt at one upload. The same for every delivery of the same change, so that
 * Step Functions itself refuses to start it twice; another for another attempt, since a name stays taken for 90 days
 * (<a href="https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html">StartExecution</a>).
 */
public final class ExecutionName {
    /** The longest name that Step Functions takes. */
    public static final int MAX_CHARS = 80;

    private static final int READABLE_CHARS = 48;
    private static final int HASH_BYTES = 8;

    private ExecutionName() {}

    /** The name for the item's present attempt: letters, digits, {@code -} and {@code _} only. */
    public static String of(AlgorithmItem item) {
        return of(item.name(), attempt(item));
    }

    /**
     * The name of an algorithm's execution.
     *
     * @param attempt as {@link #attempt} gives it
     */
    public static String of(String algorithm, String attempt) {
        String readable = algorithm.length() <= READABLE_CHARS ? algorithm : algorithm.substring(0, READABLE_CHARS);
        return readable + "-" + attempt;
    }

    /** What tells the item's present attempt from all others of this algorithm: lower-case hexadecimal digits, {@code -}, digits. */
    public static String attempt(AlgorithmItem item) {
        return hash(item.upload()) + "-" + item.attempt();
    }

    private static String hash(Upload upload) {
        String text = String.join("\n", upload.bucket(), upload.key(), upload.versionId());
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
