// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.run;

import java.util.Objects;
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
    /** Checks the id. */
    public Arm {
        Objects.requireNonNull(id, "id");
    }

    /** The arm of a tuning for this size, not published yet. */
    public static Arm ofSize(int memoryMB) {
        return new Arm("m" + memoryMB, memoryMB, null, null);
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
