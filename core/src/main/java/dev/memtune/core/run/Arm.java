// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.run;

import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is measured: a version of the function at a memory size, behind an alias of ours.
 *
 * @param id unique in the run, such as {@code m512}
 * @param memoryMB the memory size, 128 to 10,240
 * @param version the published version; null until it is published
 * @param alias our alias on it; null until it is created
 */
public record Arm(
        String id,
        int memoryMB,
        @Nullable String version,
        @Nullable String alias) {
    private static final Pattern COLD_START = Pattern.compile("(?<size>m\\d+)c(?<repetition>\\d{1,6})");

    /** Checks the id. */
    public Arm {
        Objects.requireNonNull(id, "id");
    }

    /** The arm of a tuning for this size, not published yet. */
    public static Arm ofSize(int memoryMB) {
        return new Arm("m" + memoryMB, memoryMB, null, null);
    }

    /**
     * One of several arms of this size in a run of cold starts, which has a version for each invocation; not published yet.
     *
     * @param repetition from 0
     */
    public static Arm ofColdStart(int memoryMB, int repetition) {
        return new Arm("m" + memoryMB + "c" + repetition, memoryMB, null, null);
    }

    /** Which of its size's arms it is, from 0; 0 for the only one. */
    public int repetition() {
        Matcher cold = COLD_START.matcher(id);
        return cold.matches() ? Integer.parseInt(cold.group("repetition")) : 0;
    }

    /** The id under which the arms of one size are compared as one: the arm's own, unless it is one of several. */
    public static String comparedAs(String armId) {
        Matcher cold = COLD_START.matcher(armId);
        return cold.matches() ? cold.group("size") : armId;
    }

    /** This arm, published and behind an alias. */
    public Arm publishedAs(String publishedVersion, String aliasName) {
        return new Arm(id, memoryMB, publishedVersion, aliasName);
    }

    /** Whether it can be invoked. */
    public boolean isPublished() {
        return version != null && alias != null;
    }
}
