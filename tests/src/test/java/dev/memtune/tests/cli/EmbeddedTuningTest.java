// SPDX-License-Identifier: Apache-2.0
package dev.memtune.tests.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.memtune.core.wire.Json;
import dev.memtune.local.service.CallInterceptor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tunes small Python functions on the embedded service, as somebody without an account does. */
class EmbeddedTuningTest {
    @TempDir
    private Path folder;

    private Cli cli;

    @BeforeEach
    void prepare() {
        Cli.assumeCommand("python3");
        cli = new Cli(folder.resolve("state"));
    }

    private Result tune(Path function, String... more) {
        List<String> arguments = new ArrayList<>(List.of("tune", function.toString()));
        if (!Files.exists(function.resolve("metadata.json"))) {
            arguments.addAll(List.of("--runtime", "python3.12", "--handler", "app.handler"));
        }
        arguments.addAll(List.of(more));
        return cli.launch(arguments.toArray(String[]::new));
    }

    private Snapshot snapshot(String function) throws IOException {
        try (Account account = Account.over(cli.functions(), CallInterceptor.NONE)) {
            return account.snapshot(function);
        }
    }

    private static Schema schema() throws IOException {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(Cli.ROOT.resolve("docs/reference/result.schema.json")));
    }

    @Test
    void promotesAndThenHasNothingToChange() throws IOException {
        Path function = Code.python(folder.resolve("echo"), "def handler(event, context):\n    return event\n");
        Path json = folder.resolve("result.json");

        Result first =
                tune(function, "--values", "256,512", "--num", "3", "--promote", "prod", "--json", json.toString());

        assertThat(first.exitCode()).as(first.err()).isZero();
        assertThat(first.out())
                .contains("echo · strategy cost", "3 invocations per size", "$ per million", "Promoted: alias prod")
                .doesNotContain("\u001b");
        assertThat(first.err()).contains("echo: measuring", "echo: promoting").doesNotContain("\u001b", "\r");
        assertThat(snapshot("echo").versions()).hasSize(2).first().asString().startsWith("$LATEST 128 MB");
        assertThat(snapshot("echo").aliases()).hasSize(1).first().asString().startsWith("prod -> ");

        JsonNode document = Json.tree(Files.readAllBytes(json));
        assertThat(schema().validate(document.toString(), InputFormat.JSON)).isEmpty();
        assertThat(document.path("outcome").asText()).isEqualTo("PROMOTED");
        assertThat(document.path("exitCode").asInt(-1)).isZero();
        assertThat(document.path("samples")).hasSize(6);
        assertThat(document.path("samples").findValuesAsText("outcome")).containsOnly("MEASURED");
        assertThat(document.path("options").findValuesAsText("memoryMB")).containsExactly("256", "512");
        assertThat(first.out()).contains(document.at("/confidence/statement").asText());
        assertThat(document.at("/environment/cpu").asText()).isNotBlank();

        String best = document.path("power").asText();
        Result second = tune(function, "--values", best, "--num", "2", "--promote", "prod", "--quiet");

        assertThat(second.exitCode()).as(second.err()).isZero();
        assertThat(second.err()).isEmpty();
        assertThat(second.out()).contains("Alias prod stays");
        assertThat(snapshot("echo").aliases()).hasSize(1);
    }

    @Test
    void writesTheSizeToLatestAndTakesItBack() throws IOException {
        Path function = Code.python(folder.resolve("plain"), "def handler(event, context):\n    return event\n");

        Result applied = tune(function, "--values", "256", "--num", "2", "--apply", "--quiet");

        assertThat(applied.exitCode()).as(applied.err()).isZero();
        assertThat(applied.out()).contains("Applied: $LATEST has 256 MB instead of 128 MB.");
        assertThat(snapshot("plain").versions()).singleElement().asString().startsWith("$LATEST 256 MB");

        Result back = cli.launch("rollback", "plain", "--alias", "$LATEST");

        assertThat(back.exitCode()).as(back.err()).isZero();
        assertThat(back.out()).contains("plain: $LATEST has 128 MB instead of 256 MB");
        assertThat(snapshot("plain").versions()).singleElement().asString().startsWith("$LATEST 128 MB");
        assertThat(snapshot("plain").aliases()).isEmpty();
        assertThat(tune(function, "--apply", "--promote", "prod").exitCode()).isEqualTo(2);
    }

    @Test
    void rejectsAFunctionThatFailsAtEverySizeAndNamesTheEvent() throws IOException {
        Path function = Code.folder(
                folder.resolve("picky"),
                Map.of(
                        "metadata.json",
                        "{\"name\": \"picky\", \"runtime\": \"python3.12\", \"memoryValues\": [256, 512], \"num\": 4}",
                        "handler.py",
                        """
                        def handler(event, context):
                            if event["kind"] == "bad":
                                raise ValueError("cannot digest this kind")
                            return event
                        """,
                        "tests/good.json",
                        "{\"kind\": \"good\"}",
                        "tests/sour.json",
                        "{\"kind\": \"bad\"}"));

        Result result = tune(function, "--promote", "prod");

        assertThat(result.exitCode()).as(result.err()).isEqualTo(3);
        assertThat(result.out()).isEmpty();
        assertThat(result.err())
                .contains("picky: rejected", "cannot digest this kind", "sour.json", "ValueError")
                .doesNotContain("\tat dev.memtune", "\\n", "{\"");
        assertThat(snapshot("picky").versions()).hasSize(1).first().asString().startsWith("$LATEST 128 MB");
        assertThat(snapshot("picky").aliases()).isEmpty();
    }

    @Test
    void writesDataOnlyToStandardOutputAndUsesEveryTestEvent() throws IOException {
        Path function = Code.folder(
                folder.resolve("kinds"),
                Map.of(
                        "metadata.json",
                        "{\"name\": \"kinds\", \"runtime\": \"python3.12\", \"memoryValues\": [256], \"num\": 4}",
                        "handler.py",
                        "def handler(event, context):\n    print('said', event)\n    return event\n",
                        "tests/first.json",
                        "{\"kind\": 1}",
                        "tests/second.json",
                        "[1, 2]"));

        Result result = tune(function, "--json", "-");

        assertThat(result.exitCode()).as(result.err()).isZero();
        JsonNode document = Json.tree(result.out().getBytes(java.nio.charset.StandardCharsets.UTF_8));
        assertThat(schema().validate(document.toString(), InputFormat.JSON)).isEmpty();
        assertThat(document.path("samples").findValuesAsText("payloadName"))
                .containsOnly("first.json", "second.json")
                .hasSize(4);
        assertThat(document.path("outcome").asText()).isEqualTo("KEPT");
        assertThat(result.err()).contains("kinds: measuring").doesNotContain("kinds: promoting");
    }

    @Test
    void leavesOutTheSizesThatCannotWorkAndSaysWhy() throws IOException {
        Path function = Code.folder(folder.resolve("hungry"), Map.of("metadata.json", """
                        {"name": "hungry", "runtime": "python3.12", "memoryValues": [128, 256, 512], "num": 2,
                         "timeoutSeconds": 2, "payload": {}}
                        """, "handler.py", """
                        import time

                        def handler(event, context):
                            size = int(context.memory_limit_in_mb)
                            if size == 128:
                                raise MemoryError("too small")
                            if size == 256:
                                time.sleep(5)
                            return size
                        """));
        Path json = folder.resolve("result.json");

        Result result = tune(function, "--promote", "prod", "--json", json.toString());

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.out())
                .containsPattern("128 .*infeasible: out of memory")
                .containsPattern("256 .*infeasible: timed out")
                .containsPattern("512 .*best")
                .contains("512 MB: the only tested size that works");
        JsonNode document = Json.tree(Files.readAllBytes(json));
        assertThat(schema().validate(document.toString(), InputFormat.JSON)).isEmpty();
        assertThat(document.path("infeasible").findValuesAsText("reason"))
                .containsExactly("OUT_OF_MEMORY", "TIMED_OUT");
        assertThat(document.path("power").asInt()).isEqualTo(512);
        assertThat(snapshot("hungry").aliases()).hasSize(1);
    }

    @Test
    void saysInJsonWhyThereIsNoResult() throws IOException {
        Path function = Code.python(folder.resolve("broken"), "raise RuntimeError('no luck')\n");
        Path json = folder.resolve("result.json");

        Result result = tune(function, "--values", "256", "--num", "2", "--json", json.toString());

        assertThat(result.exitCode()).as(result.err()).isEqualTo(3);
        assertThat(result.err()).contains("no luck");
        JsonNode document = Json.tree(Files.readAllBytes(json));
        assertThat(schema().validate(document.toString(), InputFormat.JSON)).isEmpty();
        assertThat(document.path("outcome").asText()).isEqualTo("REJECTED");
        assertThat(document.path("exitCode").asInt()).isEqualTo(3);
        assertThat(document.path("samples")).isNotEmpty();
    }
}
