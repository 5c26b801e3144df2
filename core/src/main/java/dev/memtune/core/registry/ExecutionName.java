// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.registry;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of the execution that tunes one attempt at one upload. The same for every delivery of the same change, so that
 * Step Functions itself refuses to start it twice; another for another attempt, since a name stays taken for 90 days
 * (<a href="https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html">StartExecution</a>).
 */
public final class ExecutionName {
    /** The longest name that Step Functions takes. */
    public static final int MAX_CHARS = 80;

    private static final int HASH_BYTES = 5;
    /** Nobody tries one upload as often: a name has room for four digits. */
    private static final int ATTEMPTS_MAX = 9_999;

    private static final Pattern FORM = Pattern.compile("([A-Za-z0-9_-]{1,64})-[0-9a-f]{10}-[1-9][0-9]{0,3}");

    private ExecutionName() {}

    /**
     * The name for the item's present attempt: letters, digits, {@code -} and {@code _} only.
     *
     * @throws IllegalStateException if the upload was tried more often than names can tell apart
     */
    public static String of(AlgorithmItem item) {
        if (item.attempt() > ATTEMPTS_MAX) {
            throw new IllegalStateException(
                    item.name() + " was tried " + item.attempt() + " times; upload the package again");
        }
        return item.name() + "-" + hash(item.upload()) + "-" + item.attempt();
    }

    /**
     * The algorithm that an execution tunes; empty if the execution's name is not of this form, because somebody else started
     * it.
     *
     * @param executionId ends with its name, after a colon, as an execution's ARN does
     */
    public static Optional<String> algorithm(String executionId) {
        Matcher form = FORM.matcher(last(executionId));
        return form.matches() ? Optional.of(form.group(1)) : Optional.empty();
    }

    /** Whether an execution tunes the item's present attempt. */
    static boolean isOf(AlgorithmItem item, String executionId) {
        return of(item).equals(last(executionId));
    }

    private static String last(String executionId) {
        return executionId.substring(executionId.lastIndexOf(':') + 1);
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
