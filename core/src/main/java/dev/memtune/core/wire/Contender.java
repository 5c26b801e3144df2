// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.wire;

import dev.memtune.core.run.Arm;
import java.util.Objects;

/**
 * One side of a check as it was found when the run began.
 *
 * @param name how it was called: {@code $LATEST}, a version or an alias
 * @param arm the arm; with a version if it existed, which is never deleted
 * @param architecture {@code x86_64} or {@code arm64}
 */
public record Contender(String name, Arm arm, String architecture) {
    /** Checks that nothing is null. */
    public Contender {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(arm, "arm");
        Objects.requireNonNull(architecture, "architecture");
    }
}
