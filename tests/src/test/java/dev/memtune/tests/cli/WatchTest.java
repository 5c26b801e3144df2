// SPDX-License-Identifier: Apache-2.0
package dev.memtune.tests.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import dev.memtune.core.registry.AlgorithmItem;
import dev.memtune.core.registry.AlgorithmStatus;
import dev.memtune.core.registry.StatusChange;
import dev.memtune.core.wire.Json;
import dev.memtune.local.service.CallInterceptor;
import dev.memtune.local.store.FileRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Drops zips into a folder, as somebody without an account does. */
class WatchTest {
    private static final String ECHO = "def handler(event, context):\n    return event\n";
    private static final long MOMENT_SECONDS = 120;

    @TempDir
    private Path folder;

    private Path inbox;
    private Cli cli;

    @BeforeEach
    void prepare() throws IOException {
        Cli.assumeCommand("python3");
        inbox = Files.createDirectory(folder.resolve("inbox"));
        cli = new Cli(folder.resolve("state"));
    }

    /** Code whose invocations do not end before a file is there. */
    private static String waitingFor(Path file) {
        return """
                import os, time


                def handler(event, context):
                    while not os.path.exists("%s"):
                        time.sleep(0.01)
                    return event
                """.formatted(file);
    }

    private void drop(String name, String type, String code) throws IOException {
        Files.move(zipped(name, type, code), inbox.resolve(name + ".zip"), StandardCopyOption.REPLACE_EXISTING);
    }

    private Path zipped(String name, String type, String code) throws IOException {
        String metadata = """
                {"name": "%s", "runtime": "python3.12", "type": "%s", "memoryValues": [1024, 1769], "num": 4,
                 "timeoutSeconds": 180}
                """.formatted(name, type);
        return Code.zip(
                folder.resolve("part"),
                Map.of("metadata.json", metadata, "handler.py", code, "tests/one.json", "{\"n\": 1}"));
    }

    private Result watch() {
        return cli.launch("watch", inbox.toString(), "--once");
    }

    private FileRegistry registry() {
        return new FileRegistry(inbox.resolve(".memtune/registry"));
    }

    private AlgorithmItem item(String name) {
        return registry().find(name).orElseThrow();
    }

    private Snapshot snapshot(String function) throws IOException {
        try (Account account = Account.over(inbox.resolve(".memtune/embedded/lambda"), CallInterceptor.NONE)) {
            return account.snapshot(function);
        }
    }

    @Test
    void promotesWhatWorksAndRejectsWhatDoesNot() throws IOException {
        drop("takes", "in", ECHO);
        drop("gives", "out", ECHO);
        drop("fails", "transform", "def handler(event, context):\n    raise ValueError('no such sensor')\n");
        Code.zip(inbox.resolve("broken.zip"), Map.of("metadata.json", "{\"name\": \"broken\", \"num\": 0}"));
        Files.writeString(inbox.resolve("notes.txt"), "not an upload");

        Result result = watch();

        assertThat(result.exitCode()).as(result.err()).isEqualTo(3);
        assertThat(result.err())
                .contains("ignored notes.txt", "takes: uploaded", "takes: deployed", "takes: measuring")
                .contains("on AWS its queue is now mapped to prod");
        assertThat(result.out())
                .contains("takes: promoted: results/takes/result.txt", "gives: promoted", "fails: rejected")
                .contains("broken: rejected", "no such sensor", "one.json");
        assertThat(item("takes").status()).isEqualTo(AlgorithmStatus.PROMOTED);
        assertThat(item("broken").problems()).hasSizeGreaterThan(1);
        assertThat(snapshot("takes").aliases()).singleElement().asString().startsWith("prod -> ");
        assertThat(snapshot("fails").aliases()).isEmpty();
        assertThat(snapshot("fails").versions()).hasSize(1);

        JsonNode document = Json.tree(Files.readAllBytes(inbox.resolve("results/takes/result.json")));
        assertThat(document.path("outcome").asText()).isEqualTo("PROMOTED");
        assertThat(document.path("samples")).hasSize(8);
        assertThat(document.at("/environment/cpu").asText()).isNotBlank();
        assertThat(inbox.resolve("results/takes/result.txt")).content().contains("Promoted: alias prod");
        assertThat(inbox.resolve("results/broken/result.txt")).content().contains("runtime");
        assertThat(inbox.resolve("results/broken/result.json")).doesNotExist();
    }

    @Test
    void takesAChangedZipAndNotTheSameOneTwice() throws IOException {
        drop("alpha", "transform", ECHO);
        assertThat(watch().exitCode()).isZero();
        List<StatusChange> before = item("alpha").history();
        byte[] zip = Files.readAllBytes(inbox.resolve("alpha.zip"));

        Files.write(inbox.resolve("alpha.zip"), zip);
        Result same = watch();
        assertThat(same.exitCode()).isZero();
        assertThat(same.out()).isEmpty();
        assertThat(item("alpha").history()).isEqualTo(before);

        drop("alpha", "transform", ECHO + "\n# changed\n");
        Result changed = watch();
        assertThat(changed.exitCode()).as(changed.err()).isZero();
        assertThat(item("alpha").history())
                .extracting(StatusChange::status)
                .containsSubsequence(AlgorithmStatus.PROMOTED, AlgorithmStatus.UPLOADED, AlgorithmStatus.TUNING)
                .hasSize(2 * before.size());
        assertThat(snapshot("alpha").aliases()).hasSize(1);

        Files.delete(inbox.resolve("alpha.zip"));
        assertThat(watch().exitCode()).isZero();
        assertThat(snapshot("alpha").aliases()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"INT, 130", "KILL, 137"})
    void goesOnWhereItWasStopped(String signal, int exitCode) throws Exception {
        Cli.assumeCommand("kill");
        Path released = folder.resolve("released");
        drop("first", "transform", waitingFor(released));
        drop("second", "transform", ECHO);
        ChildCli child = new ChildCli(folder, Map.of());
        ChildCli.Running running = child.start("watch", inbox.toString());
        await(running.err(), "first: measuring");
        running.signal(signal);
        assertThat(running.await().exitCode()).isEqualTo(exitCode);
        Files.createFile(released);

        Result result = child.launch("watch", inbox.toString(), "--once");

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(item("first").status()).isEqualTo(AlgorithmStatus.PROMOTED);
        assertThat(item("first").attempt()).isEqualTo(2);
        assertThat(item("first").history())
                .extracting(StatusChange::status)
                .containsExactly(
                        AlgorithmStatus.UPLOADED,
                        AlgorithmStatus.READY,
                        AlgorithmStatus.TUNING,
                        AlgorithmStatus.FAILED,
                        AlgorithmStatus.UPLOADED,
                        AlgorithmStatus.READY,
                        AlgorithmStatus.TUNING,
                        AlgorithmStatus.PROMOTED);
        assertThat(item("second").attempt()).isEqualTo(1);
        assertThat(item("second").status()).isEqualTo(AlgorithmStatus.PROMOTED);
        assertThat(snapshot("first").versions()).hasSize(2);
        assertThat(snapshot("first").aliases()).singleElement().asString().startsWith("prod -> ");
    }

    @Test
    void saysWhoWatchesAlready() throws Exception {
        ChildCli child = new ChildCli(folder, Map.of());
        ChildCli.Running running = child.start("watch", inbox.toString());
        await(running.err(), "watching");

        Result second = child.launch("watch", inbox.toString(), "--once");

        assertThat(second.exitCode()).isEqualTo(2);
        assertThat(second.err()).contains("FOLDER: must be watched by one process at a time");
        running.signal("INT");
        assertThat(running.await().exitCode()).isEqualTo(130);
    }

    @Test
    void saysHowFarUploadsHaveComeAndGoesBack() throws IOException {
        drop("alpha", "transform", ECHO);
        assertThat(watch().exitCode()).isZero();
        drop("alpha", "transform", ECHO + "\n# changed\n");
        Code.zip(inbox.resolve("broken.zip"), Map.of("handler.py", ECHO));
        assertThat(watch().exitCode()).isEqualTo(3);
        String version =
                String.valueOf(Objects.requireNonNull(item("alpha").tuning()).version());

        Result all = cli.launch("status");
        assertThat(all.exitCode()).as(all.err()).isZero();
        assertThat(all.out()).containsPattern("alpha +PROMOTED +\\d+ MB").containsPattern("broken +REJECTED");
        assertThat(cli.launch("status", "alpha").out()).contains("alpha: PROMOTED since", "version " + version);
        assertThat(cli.launch("status", "broken", "--folder", inbox.toString()).out())
                .contains("problem   metadata.json");
        JsonNode document =
                Json.tree(cli.launch("status", "alpha", "--json").out().getBytes(StandardCharsets.UTF_8));
        assertThat(document.path("status").asText()).isEqualTo("PROMOTED");
        assertThat(cli.launch("history", "alpha").out().lines()).hasSize(8);
        assertThat(cli.launch("history", "alpha", "--json").out()).contains("\"TUNING\"");
        assertThat(cli.launch("status", "nobody").exitCode()).isEqualTo(2);
        assertThat(cli.launch("status", "--folder", folder.toString()).err()).contains("--folder: must be a folder");

        Result back = cli.launch("rollback", "alpha");
        assertThat(back.exitCode()).as(back.err()).isZero();
        assertThat(back.out()).contains("alias prod is back at version", "from version " + version);
        assertThat(cli.launch("history", "alpha").out().lines())
                .hasSize(9)
                .last()
                .asString()
                .contains("rolled back: prod");
        assertThat(cli.launch("status", "alpha").out()).contains("before it " + version);
        Result unknown = cli.launch("rollback", "nobody", "--folder", inbox.toString());
        assertThat(unknown.exitCode()).isEqualTo(2);
        assertThat(unknown.err()).contains("NAME: must be an algorithm that was uploaded");
    }

    @Test
    void uploadsAndFollows() throws Exception {
        drop("alpha", "transform", ECHO);
        Path zip = Files.move(inbox.resolve("alpha.zip"), folder.resolve("alpha.zip"));
        ChildCli child = new ChildCli(folder, Map.of());
        ChildCli.Running running = child.start("watch", inbox.toString());
        await(running.err(), "watching");

        Result followed = cli.launch("upload", zip.toString(), "--to", inbox.toString());
        assertThat(followed.exitCode()).as(followed.err()).isZero();
        assertThat(followed.out()).contains("alpha: PROMOTED");
        assertThat(inbox.resolve("alpha.zip")).hasSameBinaryContentAs(zip);
        Result again = cli.launch("upload", zip.toString(), "--to", inbox.toString());
        assertThat(again.exitCode()).isZero();
        assertThat(cli.launch("upload", "nowhere.zip", "--to", inbox.toString()).exitCode())
                .isEqualTo(2);
        Path bad = Code.zip(folder.resolve("bad.zip"), Map.of("metadata.json", "{\"name\": \"bad\", \"num\": 0}"));
        Result refused = cli.launch("upload", bad.toString(), "--to", inbox.toString());
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err()).contains("memtune: num", "memtune: runtime");
        assertThat(inbox.resolve("bad.zip")).doesNotExist();

        // While it is watched: whoever watches runs the service, and hears of it.
        Files.move(zipped("alpha", "transform", ECHO + "# changed\n"), zip, StandardCopyOption.REPLACE_EXISTING);
        assertThat(cli.launch("upload", zip.toString(), "--to", inbox.toString())
                        .exitCode())
                .isZero();
        Result back = cli.launch("rollback", "alpha", "--folder", inbox.toString());
        assertThat(back.exitCode()).as(back.err()).isZero();
        await(running.err(), "alpha: rolled back: prod runs version");
        assertThat(cli.launch("history", "alpha", "--folder", inbox.toString())
                        .out()
                        .lines())
                .hasSize(9)
                .last()
                .asString()
                .contains("rolled back: prod");

        running.signal("INT");
        assertThat(running.await().exitCode()).isEqualTo(130);
        assertThat(item("alpha").attempt()).isEqualTo(1);
    }

    @Test
    void refusesWhatCannotBeWatched() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");

        assertThat(cli.launch("watch", file.toString()).err()).contains("FOLDER: must be a folder");
        assertThat(cli.launch("watch", inbox.toString(), "--parallel", "0").exitCode())
                .isEqualTo(2);
    }

    private static void await(Path file, String text) throws IOException, InterruptedException {
        Instant deadline = Instant.now().plusSeconds(MOMENT_SECONDS);
        while (!Files.readString(file).contains(text)) {
            if (Instant.now().isAfter(deadline)) {
                fail("the command must say '" + text + "', it has said: " + Files.readString(file));
            }
            Thread.sleep(Duration.ofMillis(10));
        }
    }
}
