// SPDX-License-Identifier: Apache-2.0
package dev.memtune.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * Where a command reads and writes. Results go to {@code out}, everything else to {@code err}, so that a pipe gets data only.
 *
 * @param in standard input
 * @param out standard output
 * @param err standard error
 * @param interactive whether a person sits in front of it: questions may be asked and progress may move
 */
public record Terminal(InputStream in, PrintStream out, PrintStream err, boolean interactive) {
    /** Checks that nothing is null. */
    public Terminal {
        Objects.requireNonNull(in, "in");
        Objects.requireNonNull(out, "out");
        Objects.requireNonNull(err, "err");
    }

    /**
     * The terminal of this process; UTF-8 whatever the locale, because the tables need it.
     *
     * @param interactive what the launcher found: Java cannot tell a terminal from a pipe before release 22
     */
    public static Terminal ofProcess(boolean interactive) {
        return new Terminal(
                System.in,
                new PrintStream(System.out, true, StandardCharsets.UTF_8),
                new PrintStream(System.err, true, StandardCharsets.UTF_8),
                interactive);
    }

    /** Asks a question that is answered by {@code y} or {@code yes}; anything else, the end of input included, is no. */
    public boolean confirm(String question) {
        err.print(question + " [y/N] ");
        err.flush();
        try {
            String answer = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)).readLine();
            return answer != null
                    && (answer.strip().equalsIgnoreCase("y") || answer.strip().equalsIgnoreCase("yes"));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the answer from standard input", e);
        }
    }
}
