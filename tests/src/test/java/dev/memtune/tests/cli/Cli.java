// SPDX-License-Identifier: Apache-2.0
package dev.memtune.tests.cli;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.memtune.cli.Home;
import dev.memtune.cli.Memtune;
import dev.memtune.cli.Terminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Runs the command line in this process, with a state folder of its own. */
final class Cli {
    /** The checkout. */
    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private final Path state;

    /** @param state where runs and functions are kept; need not exist */
    Cli(Path state) {
        this.state = state;
    }

    /** Runs a command that nobody sits in front of. */
    Result launch(String... arguments) {
        return run(InputStream.nullInputStream(), false, arguments);
    }

    /** Runs a command with a person in front of it, who types this. */
    Result answering(String answer, String... arguments) {
        return run(new ByteArrayInputStream(answer.getBytes(StandardCharsets.UTF_8)), true, arguments);
    }

    private Result run(InputStream in, boolean interactive, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Terminal terminal = new Terminal(
                in,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                interactive);
        int exitCode = Memtune.run(terminal, new Home(ROOT, state), arguments);
        return new Result(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** Every file that commands left in the state folder. */
    List<Path> files() throws IOException {
        if (!Files.exists(state)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(state)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    /** Where the embedded service keeps its functions. */
    Path functions() {
        return state.resolve("embedded").resolve("lambda");
    }

    /** Skips a test by name where a command is missing; never where everything must be there. */
    static void assumeCommand(String command) {
        boolean found = Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, command)));
        boolean mustBeThere = "true".equals(System.getenv("CI"));
        assumeTrue(found || mustBeThere, "no " + command + " on the PATH");
    }
}
