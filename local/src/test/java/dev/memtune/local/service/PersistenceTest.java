// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.fasterxml.jackson.databind.JsonNode;
import dev.memtune.local.LambdaRule;
import dev.memtune.local.function.Windows;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PersistenceTest extends ServiceFixture {
    private JsonNode everything() throws Exception {
        return rest.get(Rest.FUNCTIONS + "?FunctionVersion=ALL").json();
    }

    @Test
    void keepsFunctionsAcrossARestart() throws Exception {
        rest.post(Rest.FUNCTIONS, Rest.creation("f", zip, ",\"Tags\":{\"a\":\"b\"}"));
        rest.configure("f", "{\"MemorySize\":333,\"Environment\":{\"Variables\":{\"AB\":\"c\"}}}");
        rest.publish("f", "{\"Description\":\"one\"}");
        rest.alias("f", "prod", "1");
        rest.put("/2017-10-31/functions/f/concurrency", "{\"ReservedConcurrentExecutions\":7}");
        JsonNode before = everything();
        JsonNode alias = rest.get(Rest.FUNCTIONS + "/f/aliases/prod").json();
        restart();

        assertThat(everything()).isEqualTo(before);
        assertThat(rest.get(Rest.FUNCTIONS + "/f/aliases/prod").json()).isEqualTo(alias);
        JsonNode function = rest.get(Rest.FUNCTIONS + "/f").json();
        assertThat(function.path("Tags").path("a").asText()).isEqualTo("b");
        assertThat(function.path("Concurrency")
                        .path("ReservedConcurrentExecutions")
                        .asInt())
                .isEqualTo(7);
        assertThat(rest.invoke("f:prod", "{}").status()).isEqualTo(200);
        assertThat(runner.versions.getLast().codeDirectory().resolve("h.py")).exists();
        assertThat(rest.publish("f", "{}").text("Version")).isEqualTo("1");
    }

    @Test
    void completesAnUpdateThatWasInProgress() throws Exception {
        rest.create("f", zip);
        lambda.switches().windows(new Windows(Duration.ZERO, Duration.ofSeconds(9)));
        rest.configure("f", "{\"MemorySize\":256}");
        restart();
        assertThat(rest.get(Rest.FUNCTIONS + "/f/configuration").text("LastUpdateStatus"))
                .isEqualTo("InProgress");
        clock.advance(Duration.ofSeconds(9));

        assertThat(rest.get(Rest.FUNCTIONS + "/f/configuration").text("LastUpdateStatus"))
                .isEqualTo("Successful");
    }

    @Test
    @LambdaRule("VER-07")
    void neverReusesAVersionNumberAfterARestart() throws Exception {
        rest.create("f", zip);
        rest.publish("f", "{}");
        rest.delete(Rest.FUNCTIONS + "/f?Qualifier=1");
        restart();

        assertThat(rest.publish("f", "{}").text("Version")).isEqualTo("2");
    }

    @Test
    void forgetsADeletedFunctionAndItsCode() throws Exception {
        rest.create("f", zip);
        rest.delete(Rest.FUNCTIONS + "/f");
        restart();

        assertThat(everything().path("Functions")).isEmpty();
        try (Stream<Path> code = Files.list(directory.resolve("code"))) {
            assertThat(code).isEmpty();
        }
    }

    @Test
    void survivesACrashInTheMiddleOfAWrite() throws Exception {
        rest.create("f", zip);
        JsonNode before = everything();
        Files.writeString(directory.resolve("functions/.tmp-f.json"), "{\"format\":1,\"func");
        Files.createDirectories(directory.resolve("code/.tmp-9/code/half"));
        restart();

        assertThat(everything()).isEqualTo(before);
        assertThat(directory.resolve("functions/.tmp-f.json")).doesNotExist();
        assertThat(directory.resolve("code/.tmp-9")).doesNotExist();
    }

    @Test
    void refusesAFolderInUse() {
        assertThatIOException()
                .isThrownBy(() ->
                        EmbeddedLambda.start(settings(), new ScriptedRunner()).close())
                .withMessageContaining("is in use by another Lambda service");
    }

    @Test
    void namesAFileThatIsDamaged() throws Exception {
        rest.create("f", zip);
        stop();
        Path file = directory.resolve("functions/f.json");
        String state = Files.readString(file);
        Files.writeString(file, state.substring(0, 50));
        assertThatIOException()
                .isThrownBy(() -> EmbeddedLambda.start(settings(), runner).close())
                .withMessageContaining("f.json")
                .withMessageContaining("move it away");
        Files.writeString(file, state.replace("\"format\" : 2", "\"format\" : 3"));
        assertThatIOException()
                .isThrownBy(() -> EmbeddedLambda.start(settings(), runner).close())
                .withMessageContaining("format 3");
        Files.writeString(file, state);
        start();
    }

    @Test
    void closesTheRunner() throws Exception {
        stop();

        assertThat(runner.closed).isTrue();
        start();
    }
}
