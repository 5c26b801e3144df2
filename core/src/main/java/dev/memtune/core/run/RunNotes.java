// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.run;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What was found when a run began that its user should know, and that does not stop it.
 *
 * @param warnings a sentence each
 * @param declaration where the memory size is declared as code; null if nothing tells of it
 */
public record RunNotes(List<String> warnings, @Nullable Declaration declaration) {
    /** Nothing was found. */
    public static final RunNotes NONE = new RunNotes(List.of(), null);

    /** Copies the warnings. */
    public RunNotes {
        warnings = List.copyOf(warnings);
    }

    /** The notes, {@link #NONE} for the record of a run that an earlier release began. */
    static RunNotes orNone(@Nullable RunNotes notes) {
        return Objects.requireNonNullElse(notes, NONE);
    }
}
