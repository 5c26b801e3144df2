// SPDX-License-Identifier: Apache-2.0
package dev.memtune.tests.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.memtune.core.wire.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder beside an input of the state machine, and what needs the logs of functions on this machine. */
class LocalInputTest {
    @TempDir
    private Path folder;

    private Path function;

    @BeforeEach
    void write() throws IOException {
        Cli.assumeCommand("python3");
        function = Code.python(folder.resolve("echo"), "def handler(event, context):\n    return event\n");
    }

    private Result tune(String... more) {
        List<String> arguments = new ArrayList<>(
                List.of("tune", function.toString(), "--runtime", "python3.12", "--handler", "app.handler", "--quiet"));
        arguments.addAll(List.of(more));
        return new Cli(folder.resolve("state")).launch(arguments.toArray(String[]::new));
    }

    private String input(String members) throws IOException {
        return Files.writeString(folder.resolve("input.json"), "{" + members + "}")
                .toString();
    }

    private static JsonNode json(Result result) {
        assertThat(result.exitCode()).as(result.err()).isZero();
        return Json.tree(result.out().getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void measuresAsynchronouslyAndFindsEveryReportInTheLogs() throws IOException {
        String input = input("\"asynchronous\": true, \"powerValues\": [128, 256], \"num\": 3, \"payload\": {}");

        JsonNode document = json(tune("--input", input, "--json", "-"));

        assertThat(document.path("options").findValuesAsText("fromLogs")).containsExactly("3", "3");
        assertThat(document.path("options").findValuesAsText("measured")).containsExactly("3", "3");
        assertThat(document.path("samples").findValuesAsText("outcome"))
                .hasSize(6)
                .containsOnly("MEASURED");
    }

    @Test
    void optionsReplaceWhatTheInputSays() throws IOException {
        String input = input("\"powerValues\": [128, 256], \"num\": 7, \"payload\": {}");

        Result result = tune("--input", input, "--num", "2", "--plan", "--json", "-");

        JsonNode plan = json(result).path("plan");
        assertThat(plan.path("powerValues").toString()).isEqualTo("[128,256]");
        assertThat(plan.path("function").asText()).isEqualTo("echo");
    }

    /**
     * Whichever size the first tuning gives to prod, the second finds its invocations. On a busy machine they may have taken
     * another time than the second tuning's own, and then it says that it does not count them.
     */
    @Test
    void looksBackInTheLogsForSamplesAndColdStarts() {
        assertThat(tune("--values", "128,256", "--num", "5", "--promote", "prod")
                        .exitCode())
                .isZero();

        JsonNode document =
                json(tune("--values", "128,256", "--use-logs", "--cold-start-share", "logs", "--json", "-"));

        boolean counted = document.path("options").findValues("found").stream().anyMatch(found -> found.asInt() > 0);
        String flags = document.path("search").path("flags").toString();
        boolean doubted = Pattern.compile("\"LOGS_NOT_USED\",\"evidence\":\"of (128|256) MB: ")
                .matcher(flags)
                .find();
        assertThat(counted || doubted).as(flags).isTrue();
        assertThat(document.findValue("coldStartInvocations").asInt()).isEqualTo(10);
    }

    @Test
    void refusesARoleForCodeOnThisMachine() throws IOException {
        String input = input("\"assumeRoleArn\": \"arn:aws:iam::123456789012:role/memtune\", \"payload\": {}");

        Result result = tune("--input", input);

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("assumeRoleArn: must not be there for code that runs on this machine");
    }
}
