// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.search;

import java.util.Objects;

/**
 * A flag with what raised it.
 *
 * @param flag which
 * @param evidence the figures, in words
 */
public record Remark(Flag flag, String evidence) {
    /** Checks that nothing is null. */
    public Remark {
        Objects.requireNonNull(flag, "flag");
        Objects.requireNonNull(evidence, "evidence");
    }
}
