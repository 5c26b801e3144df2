// SPDX-License-Identifier: Apache-2.0
package dev.memtune.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memtune.cli.account.InputFile;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of {@code tune} about what is asked for as a whole: from a file, or only to be shown. */
final class PlanOptions {
    private static final String FILE_SIGN = "@";

    @Option(
            names = "--input",
            paramLabel = "FILE",
            description =
                    "The state machine's JSON input in a file, as AWS Lambda Power Tuning takes it. Options beside it"
                            + " replace its fields.")
    private @Nullable Path input;

    @Option(
            names = "--plan",
            description = "Shows sizes, calls, and the most money and time that it may take, and stops.")
    private boolean plan;

    /** Whether to stop there. */
    boolean plan() {
        return plan;
    }

    /** Whether a target is a file with an input rather than something to tune. */
    static boolean isFile(String target) {
        return target.startsWith(FILE_SIGN);
    }

    /** The input that a file holds, named by option or as the target; empty if there is none. */
    Optional<ObjectNode> file(String target) {
        return isFile(target)
                ? Optional.of(InputFile.read(Path.of(target.substring(FILE_SIGN.length()))))
                : Optional.ofNullable(input).map(InputFile::read);
    }
}
