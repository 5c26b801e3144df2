// SPDX-License-Identifier: Apache-2.0
package dev.memtune.tests.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.memtune.core.wire.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The deployed stack with the emulator's own Lambda: its answers have no report, so each is read from CloudWatch Logs; and
 * its IAM denies what the steps' policies do not grant.
 */
class EmulatedLambdaTest {
    @Test
    void tunesByTheLogsAloneAndOnlyWhatThePoliciesGrant() throws IOException, InterruptedException {
        Tools.require();
        try (DeployedStack stack = DeployedStack.deploy(List.of())) {
            String tuned = stack.start("tune-cost.json", stack.function("app-logs"));
            String arn = stack.function("other");
            JsonNode before = stack.snapshot("other");
            String denied = stack.start("tune-cost.json", arn);

            assertDenied(stack.end(denied));
            assertThat(stack.snapshot("other").path("versions")).isEqualTo(before.path("versions"));
            assertThat(stack.snapshot("other").path("aliases")).isEqualTo(before.path("aliases"));
            assertTuned(stack, stack.end(tuned));
        }
    }

    private static void assertDenied(JsonNode end) {
        assertThat(end.path("error").asText()).isEqualTo("Denied");
        assertThat(end.path("cause").asText())
                .contains("InitializerRole", "not authorized to perform: lambda:GetFunctionConfiguration");
    }

    private static void assertTuned(DeployedStack stack, JsonNode end) throws IOException {
        assertThat(end.path("status").asText()).as(end.toString()).isEqualTo("SUCCEEDED");
        JsonNode output = Json.tree(end.path("output").asText().getBytes(StandardCharsets.UTF_8));
        for (JsonNode option : output.path("options")) {
            assertThat(option.path("samples").path("fromLogs").asInt())
                    .as(option.toString())
                    .isEqualTo(5);
        }
        JsonNode after = stack.snapshot("app-logs");
        String version = after.path("aliases").path("prod").asText();
        assertThat(after.path("versions").path(version).path("MemorySize").asInt())
                .isEqualTo(output.path("power").asInt());
        assertThat(after.path("unfinishedRuns").asInt()).isZero();
    }
}
