// SPDX-License-Identifier: Apache-2.0
package dev.memtune.tests.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DocumentsTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");
    private static final Pattern TABLE_ROW = Pattern.compile("(?m)^\\| `([^`]+)` \\|");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#]+)(#[^)]*)?\\)");

    static Stream<Path> documents() {
        try (Stream<Path> files = Files.walk(ROOT, 4)) {
            return files
                    .filter(file -> file.toString().endsWith(".md"))
                    .filter(file -> !file.toString().matches(".*/(target|node_modules|\\.venv)/.*"))
                    .sorted()
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list the documents", e);
        }
    }

    @Test
    void theModuleTableIsTheBuildsModuleList() throws IOException {
        assertThat(matches(TABLE_ROW, Files.readString(ROOT.resolve("ARCHITECTURE.md"))))
                .containsExactlyElementsOf(matches(MODULE, Files.readString(ROOT.resolve("pom.xml"))));
    }

    @ParameterizedTest
    @MethodSource("documents")
    void everyLinkLeadsSomewhere(Path document) throws IOException {
        List<String> broken = matches(LINK, Files.readString(document)).stream()
                .filter(target -> !target.startsWith("http") && !target.startsWith("mailto:"))
                .filter(target -> !Files.exists(document.resolveSibling(target)))
                .toList();
        assertThat(broken).as("broken links in " + ROOT.relativize(document)).isEmpty();
    }

    private static List<String> matches(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }
}
