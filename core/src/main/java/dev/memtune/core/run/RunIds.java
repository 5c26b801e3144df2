// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.run;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Derives a run's id from its execution's, so that a repeated step, Clean and Record find the same run. */
public final class RunIds {
    /** How long a run id is: short enough for alias names, 51 bits against collisions. */
    public static final int LENGTH = 10;

    private RunIds() {}

    /** The run of this execution: {@value #LENGTH} characters of {@code a-z0-9}. */
    public static String of(String executionId) {
        BigInteger number = new BigInteger(1, digest(executionId));
        String text = number.toString(36);
        return text.substring(text.length() - LENGTH);
    }

    /** The seed of a run whose input names none. */
    public static long seedOf(String executionId) {
        return new BigInteger(1, digest(executionId)).longValue() & Long.MAX_VALUE;
    }

    private static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256, this one has not", e);
        }
    }
}
