// SPDX-License-Identifier: Apache-2.0
package dev.memtune.tests.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.memtune.core.wire.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code replay --json} writes is what its reference says. */
class ReplaySchemaTest {
    @TempDir
    private Path folder;

    @Test
    void theDocumentIsAsTheSchemaAndTheReferenceSay() throws IOException {
        List<String> rows = new ArrayList<>(List.of("function,memory_mb,sample_index,billed_ms"));
        for (int i = 0; i < 30; i++) {
            rows.add("f,128," + i + "," + (800 + i % 7));
            rows.add("f,1024," + i + "," + (101 + i % 5));
            rows.add("g,256," + i + "," + (40 + i % 3));
        }
        Path data = Files.write(folder.resolve("data.csv"), rows);

        Result result = new Cli(folder)
                .launch(
                        "replay",
                        data.toString(),
                        "--runs",
                        "3",
                        "--policy",
                        "quick",
                        "--policy",
                        "leader:5",
                        "--json");

        assertThat(result.exitCode()).as(result.err()).isZero();
        String schema = Files.readString(Cli.ROOT.resolve("docs/reference/replay.schema.json"));
        assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(schema)
                        .validate(result.out(), InputFormat.JSON))
                .isEmpty();
        String reference = Files.readString(Cli.ROOT.resolve("docs/reference/replay.md"));
        Json.tree(result.out().getBytes(StandardCharsets.UTF_8))
                .at("/policies/0/overall")
                .fieldNames()
                .forEachRemaining(name -> assertThat(name.equals("function") || reference.contains("`" + name + "`"))
                        .as(name)
                        .isTrue());
    }
}
