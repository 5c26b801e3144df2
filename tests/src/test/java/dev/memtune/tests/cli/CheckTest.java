// SPDX-License-Identifier: Apache-2.0
package dev.memtune.tests.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.memtune.core.wire.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code check} on the embedded service: real processes, the real state machine. */
class CheckTest {
    private static final List<String> PYTHON =
            List.of("--runtime", "python3.12", "--handler", "app.handler", "--quiet");

    @TempDir
    private Path folder;

    @BeforeEach
    void needsPython() {
        Cli.assumeCommand("python3");
    }

    /** Waits, so that a loaded machine hardly matters beside it. */
    private Path waiting(String name, double seconds) throws IOException {
        Path code = Files.createDirectories(folder.resolve(name));
        Files.writeString(
                code.resolve("app.py"),
                "import time\ndef handler(event, context):\n    time.sleep(" + seconds + ")\n    return '" + name
                        + "'\n");
        return code;
    }

    private Result check(String... arguments) {
        String[] all = new String[arguments.length + PYTHON.size() + 1];
        all[0] = "check";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        for (int i = 0; i < PYTHON.size(); i++) {
            all[1 + arguments.length + i] = PYTHON.get(i);
        }
        return new Cli(folder.resolve("state")).launch(all);
    }

    @Test
    void failsACandidateThatTakesThreeTimesAsLongAndSaysSoEverywhere() throws IOException {
        Path junit = folder.resolve("check.xml");
        Path markdown = folder.resolve("check.md");

        Result result = check(
                waiting("slow", 0.3).toString(),
                "--baseline",
                waiting("fast", 0.05).toString(),
                "--num",
                "16",
                "--max-duration-increase",
                "10%",
                "--junit",
                junit.toString(),
                "--markdown",
                markdown.toString(),
                "--json");

        assertThat(result.exitCode()).as(result.err()).isEqualTo(3);
        JsonNode document = Json.tree(result.out().getBytes(StandardCharsets.UTF_8));
        assertThat(document.path("verdict").asText()).isEqualTo("fail");
        assertThat(document.at("/gates/0/gate").asText()).isEqualTo("max-duration-increase");
        assertThat(document.at("/gates/0/low").asDouble()).isGreaterThan(0.10);
        assertThat(document.at("/baseline/version").asText()).isEqualTo("1");
        assertThat(document.at("/candidate/version").asText()).isEqualTo("2");
        assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(Files.readString(Cli.ROOT.resolve("docs/reference/check.schema.json")))
                        .validate(result.out(), InputFormat.JSON))
                .isEmpty();
        assertThat(Files.readString(junit)).contains("failures=\"1\"");
        assertThat(Files.readString(markdown)).startsWith("**slow: FAIL**");
    }

    @Test
    void promotesACandidateThatPassesAndLeavesNothingElse() throws IOException {
        Path code = waiting("same", 0.1);
        Result tuned = new Cli(folder.resolve("state"))
                .launch(
                        "tune",
                        code.toString(),
                        "--runtime",
                        "python3.12",
                        "--handler",
                        "app.handler",
                        "--quiet",
                        "--values",
                        "512",
                        "--num",
                        "2",
                        "--promote",
                        "prod");
        assertThat(tuned.exitCode()).as(tuned.err()).isZero();
        Files.writeString(code.resolve("app.py"), "\n# another code\n", StandardOpenOption.APPEND);

        Result result = check(
                code.toString(),
                "--baseline",
                "prod",
                "--num",
                "16",
                "--max-duration-increase",
                "100%",
                "--promote-on-pass",
                "prod",
                "--json");

        assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
        JsonNode document = Json.tree(result.out().getBytes(StandardCharsets.UTF_8));
        assertThat(document.path("verdict").asText()).isEqualTo("pass");
        assertThat(document.at("/promotion/status").asText()).isEqualTo("PROMOTED");
        assertThat(document.at("/promotion/toVersion").asText())
                .isEqualTo(document.at("/candidate/version").asText());
        assertThat(document.at("/candidate/memoryMB").asInt()).isEqualTo(512);
    }

    @Test
    void namesEveryWrongOption() throws IOException {
        Result result = check(
                waiting("one", 0.01).toString(),
                "--baseline",
                "prod",
                "--max-cost-increase",
                "much",
                "--confidence",
                "100%",
                "--num",
                "3");

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err())
                .contains(
                        "--max-cost-increase: must be a number from 0.0 to 10.0, got: \"much\". Write a per cent, such as 5%")
                .contains("--confidence: must be a number")
                .contains("--num: must be a whole number from 8 to 10000, got: 3");
    }

    @Test
    void saysThatThereIsNoSuchBaseline() throws IOException {
        Result result = check(waiting("lonely", 0.01).toString(), "--baseline", "prod");

        assertThat(result.exitCode()).isEqualTo(6);
        assertThat(result.err()).contains("there is no prod of lonely on the embedded service");
    }
}
