// SPDX-License-Identifier: Apache-2.0
package dev.memtune.cli.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.memtune.cli.Home;
import dev.memtune.cli.Memtune;
import dev.memtune.cli.Terminal;
import dev.memtune.core.wire.Json;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayCommandTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path folder;

    private int run(String... arguments) {
        Terminal terminal = new Terminal(
                new ByteArrayInputStream(new byte[0]),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false);
        return Memtune.run(terminal, new Home(folder, folder), arguments);
    }

    private static String rows() {
        StringBuilder rows = new StringBuilder("function,memory_mb,sample_index,billed_ms,note\n");
        for (int i = 0; i < 20; i++) {
            rows.append("f,128,").append(i).append(",").append(800 + i % 3).append(",x\n");
            rows.append("f,256,").append(i).append(",").append(200 + i % 3).append(",x\n");
            rows.append("f,512,").append(i).append(",").append(190 + i % 3).append(",x\n");
        }
        return rows.toString();
    }

    private String data(String text) throws IOException {
        Path file = folder.resolve("data.csv");
        Files.writeString(file, text);
        return file.toString();
    }

    @Test
    void printsATableAndThePairs() throws IOException {
        int exitCode = run("replay", data(rows()), "--policy", "quick", "--policy", "leader:50", "--runs", "5");

        assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
        assertThat(exitCode).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8).lines())
                .hasSize(5)
                .first()
                .asString()
                .startsWith("policy");
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("quick against leader:50: regret +0.00 points");
    }

    @Test
    void printsOneJsonDocumentFromAPackedFile() throws IOException {
        Path file = folder.resolve("data.csv.gz");
        try (OutputStream packed = new GZIPOutputStream(Files.newOutputStream(file))) {
            packed.write(rows().getBytes(StandardCharsets.UTF_8));
        }

        int exitCode = run("replay", file.toString(), "--runs", "3", "--objective", "speed", "--json");

        assertThat(exitCode).isZero();
        JsonNode document = Json.tree(out.toByteArray());
        assertThat(document.path("objective").asText()).isEqualTo("duration");
        assertThat(document.path("policies").path(0).path("policy").asText()).isEqualTo("standard");
        assertThat(document.path("policies")
                        .path(1)
                        .path("overall")
                        .path("passes")
                        .asDouble())
                .isBetween(49.9, 50.1);
        assertThat(document.path("comparisons")).hasSize(1);
    }

    @Test
    void saysTheSameTwice() throws IOException {
        String file = data(rows());
        run("replay", file, "--runs", "4", "--json");
        String first = out.toString(StandardCharsets.UTF_8);
        out.reset();
        run("replay", file, "--runs", "4", "--json");
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(first);
    }

    @Test
    void namesTheLineOfABadRow() throws IOException {
        int exitCode = run("replay", data("function,memory_mb,sample_index,billed_ms\nf,128,0,5\nf,128,1,-5\n"));

        assertThat(exitCode).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .isEqualTo("memtune: data.csv line 3: billed_ms must be a number above 0, got: -5."
                        + " Correct the row or take it out.\n");
    }

    @Test
    void namesEveryWrongOption() throws IOException {
        int exitCode = run(
                "replay",
                data(rows()),
                "--policy",
                "best",
                "--objective",
                "money",
                "--runs",
                "0",
                "--values",
                "128,64");

        assertThat(exitCode).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8).lines())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("memtune: --policy: must be quick, standard, rigorous"),
                        line -> assertThat(line)
                                .contains("--objective: must be cost, duration or balanced, got: money"),
                        line -> assertThat(line)
                                .contains("--values: must be a whole number from 128 to 10240, got: 64"),
                        line -> assertThat(line).contains("--runs: must be a whole number from 1 to 100000, got: 0"));
    }

    @Test
    void saysThatAFileCannotBeRead() throws IOException {
        assertThat(run("replay", folder.resolve("none.csv").toString())).isEqualTo(2);
        Path file = folder.resolve("plain.csv.gz");
        Files.writeString(file, rows());
        assertThat(run("replay", file.toString())).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8).lines())
                .hasSize(2)
                .allMatch(line -> line.startsWith("memtune: DATA: must be a CSV file that can be read"));
    }
}
