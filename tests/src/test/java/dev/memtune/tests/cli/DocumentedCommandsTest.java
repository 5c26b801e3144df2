// SPDX-License-Identifier: Apache-2.0
package dev.memtune.tests.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the documents tell people to type exists, and what exists is documented. */
class DocumentedCommandsTest {
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```sh\\n(.*?)^```");
    private static final Pattern OPTION = Pattern.compile("(?<![\\w-])--[a-z][a-z-]*");
    private static final Set<String> COMMON = Set.of("--help", "--version");

    @TempDir
    private Path folder;

    static Stream<String> commands() throws IOException {
        Stream<Path> documents = Stream.of(
                        "README.md",
                        "docs/tutorial/first-tuning.md",
                        "docs/how-to/tune-an-account.md",
                        "docs/how-to/coming-from-power-tuning.md",
                        "docs/how-to/serve.md",
                        "docs/how-to/upload-algorithms.md")
                .map(Cli.ROOT::resolve);
        return documents
                .flatMap(DocumentedCommandsTest::blocks)
                .flatMap(String::lines)
                .filter(line -> line.startsWith("./memtune "))
                .map(line -> line.substring("./memtune ".length()))
                .distinct();
    }

    private static Stream<String> blocks(Path document) {
        try {
            return BLOCK.matcher(Files.readString(document)).results().map(match -> match.group(1)).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + document, e);
        }
    }

    private Set<String> optionsOf(String command) {
        Result help = new Cli(folder).launch(command, "--help");
        assertThat(help.exitCode()).as("memtune " + command + " --help").isZero();
        return options(help.out());
    }

    private static Set<String> options(String text) {
        return OPTION.matcher(text)
                .results()
                .map(match -> match.group())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyDocumentedCommandAndOptionExists(String line) {
        String command = line.substring(0, (line + " ").indexOf(' '));
        if (command.startsWith("--")) {
            assertThat(COMMON).contains(command);
            return;
        }
        assertThat(optionsOf(command)).containsAll(options(line));
    }

    @Test
    void everySampleThatIsNamedExists() throws IOException {
        List<String> samples = commands()
                .flatMap(line -> Arrays.stream(line.split(" ")))
                .filter(word -> word.startsWith("samples/"))
                .toList();

        assertThat(samples).isNotEmpty().allMatch(sample -> Files.isDirectory(Cli.ROOT.resolve(sample)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"tune", "serve", "watch", "upload", "status", "history"})
    void theReferenceListsEveryOption(String command) throws IOException {
        Set<String> options = optionsOf(command);
        options.removeAll(COMMON);

        assertThat(options(Files.readString(Cli.ROOT.resolve("docs/reference/cli.md"))))
                .containsAll(options);
    }
}
