// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of rules and the tests that prove them are one. */
class LambdaRulesTest {
    private static final Path TABLE = Path.of("../docs/reference/lambda-rules.md");
    private static final Pattern ROW = Pattern.compile(
            "\\| (?<id>[A-Z]{2,3}-\\d{2}) \\| (?<rule>.+) \\| \\[.+]\\(https://docs\\.aws\\.amazon\\.com/.+\\.html\\) \\| `(?<test>[a-z]+\\.[A-Za-z]+Test\\.[A-Za-z0-9]+)` \\|");
    private static final int FEWEST_ROWS = 60;

    private static Map<String, String> table() throws IOException {
        Map<String, String> tests = new TreeMap<>();
        for (String line : Files.readAllLines(TABLE)) {
            if (line.startsWith("| ") && !line.startsWith("| Id ")) {
                Matcher row = ROW.matcher(line);
                assertThat(row.matches())
                        .as("a row with id, rule, AWS's page and test: " + line)
                        .isTrue();
                assertThat(tests.put(row.group("id"), row.group("test")))
                        .as("rows of " + row.group("id"))
                        .isNull();
            }
        }
        return tests;
    }

    /** The rules that the tests of this module claim, and where. */
    private static Map<String, String> annotated() throws IOException, URISyntaxException, ClassNotFoundException {
        Path root = Path.of(LambdaRulesTest.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        List<String> names;
        try (Stream<Path> files = Files.walk(root)) {
            names = files.map(file -> root.relativize(file).toString())
                    .filter(name -> name.endsWith("Test.class"))
                    .map(name ->
                            name.substring(0, name.length() - ".class".length()).replace('/', '.'))
                    .toList();
        }
        Map<String, String> tests = new TreeMap<>();
        for (String name : names) {
            for (Method method : Class.forName(name, false, LambdaRulesTest.class.getClassLoader())
                    .getDeclaredMethods()) {
                LambdaRule rule = method.getAnnotation(LambdaRule.class);
                String test = name.replace("dev.memtune.local.", "") + "." + method.getName();
                Arrays.stream(rule == null ? new String[0] : rule.value()).forEach(id -> assertThat(tests.put(id, test))
                        .as("tests of " + id)
                        .isNull());
            }
        }
        return tests;
    }

    @Test
    void everyRuleHasItsTestAndEveryTestItsRule() throws Exception {
        assertThat(table()).hasSizeGreaterThanOrEqualTo(FEWEST_ROWS).isEqualTo(annotated());
    }

    @Test
    void thePageCountsItsRules() throws IOException {
        assertThat(Files.readString(TABLE)).contains("\n" + table().size() + " rules, each with");
    }
}
