// SPDX-License-Identifier: Apache-2.0
package dev.memtune.tests.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The AWS SDK for JavaScript, its waiters included, uses the service. */
class JavaScriptSdkTest {
    private static final String HANDLER = """
            class Refused extends Error {
              constructor(message) { super(message); this.name = 'Refused'; }
            }
            exports.handler = async (event) => {
              if (event.fail) throw new Refused('as asked');
              console.log('doubling', event.n);
              return { doubled: 2 * event.n };
            };
            """;

    @TempDir
    private Path folder;

    @Test
    void deploysPublishesAndInvokes() throws Exception {
        Program.NODE.require();
        try (LiveService service = LiveService.start(folder)) {
            Map<String, String> environment = new HashMap<>(service.environment());
            environment.put("CODE_ZIP", Base64.getEncoder().encodeToString(Archive.of(Map.of("index.js", HANDLER))));

            Program.Result result = Program.NODE.run(environment, List.of("node_lambda.cjs", service.endpoint()));

            assertThat(result.exitCode()).as(result.errors()).isZero();
            JsonNode seen = new ObjectMapper().readTree(result.output());
            assertThat(seen.at("/payload/doubled").asInt()).isEqualTo(40);
            assertThat(seen.path("executedVersion").asText()).isEqualTo("1");
            assertThat(seen.path("tail").asText()).contains("doubling 20", "REPORT RequestId", "Memory Size: 512 MB");
            assertThat(seen.path("functionError").asText()).isEqualTo("Unhandled");
            assertThat(seen.path("errorType").asText()).isEqualTo("Refused");
            assertThat(seen.path("versions").toString()).isEqualTo("[\"$LATEST\",\"1\"]");
            assertThat(seen.path("missing").asText()).isEqualTo("ResourceNotFoundException");
            assertThat(seen.path("taken").asText()).isEqualTo("ResourceConflictException");
        }
    }
}
