// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.memtune.core.run.Declaration;
import dev.memtune.core.run.Run;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the reader of a result should know of the function.
 *
 * @param warnings a sentence each
 * @param declaration where the memory size is declared as code; null if nothing tells of it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ResultNotes(List<String> warnings, @Nullable Declared declaration) {
    /** Nothing to know. */
    public static final ResultNotes NONE = new ResultNotes(List.of(), null);

    /**
     * A declaration, and what to write there: the next deployment puts the declared size back.
     *
     * @param tool {@code cloudformation} or {@code terraform}
     * @param name the stack, or the tag that tells of Terraform
     * @param resource the logical id; null if it is not told
     * @param place where to look, in words
     * @param line the line that declares the best size
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Declared(
            String tool, String name, @Nullable String resource, String place, String line) {
        /** Checks what must be there. */
        public Declared {
            Objects.requireNonNull(tool, "tool");
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(place, "place");
            Objects.requireNonNull(line, "line");
        }
    }

    /** Copies the warnings. */
    public ResultNotes {
        warnings = List.copyOf(warnings);
    }

    /** The same with more warnings. */
    public ResultNotes and(List<String> others) {
        return new ResultNotes(Stream.concat(warnings.stream(), others.stream()).toList(), declaration);
    }

    /** The notes of a run whose best size is this. */
    public static ResultNotes of(Run run, int bestMB) {
        Declaration declaration = run.notes().declaration();
        return new ResultNotes(
                run.notes().warnings(),
                declaration == null
                        ? null
                        : new Declared(
                                declaration.tool().name().toLowerCase(Locale.ROOT),
                                declaration.name(),
                                declaration.resource(),
                                declaration.place(run.before()),
                                declaration.line(bestMB)));
    }
}
