// SPDX-License-Identifier: Apache-2.0
package dev.memtune.tests.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memtune.core.wire.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The deployed stack with the emulator's own Lambda: its answers have no report, so each is read from CloudWatch Logs; and
 * its IAM denies what the steps' policies do not grant, and a role that they may assume does.
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
            String teams = stack.function("team-app");
            stack.trust("team-app");
            String assumed = stack.start(input(teams).put("assumeRoleArn", DeployedStack.ASSUMABLE));

            assertDenied(stack.end(denied));
            assertThat(stack.snapshot("other").path("versions")).isEqualTo(before.path("versions"));
            assertThat(stack.snapshot("other").path("aliases")).isEqualTo(before.path("aliases"));
            assertTuned(stack, stack.end(tuned), "app-logs");
            assertTuned(stack, stack.end(assumed), "team-app");
            assertThat(stack.snapshot("team-app").path("unfinishedRuns").asInt())
                    .isZero();
        }
    }

    private static void assertDenied(JsonNode end) {
        assertThat(end.path("error").asText()).isEqualTo("Denied");
        assertThat(end.path("cause").asText())
                .contains("InitializerRole", "not authorized to perform: lambda:GetFunctionConfiguration");
    }

    private static ObjectNode input(String functionArn) throws IOException {
        ObjectNode input =
                (ObjectNode) Json.mapper().readTree(Files.readString(Path.of("..", "events", "tune-cost.json")));
        return input.put("lambdaARN", functionArn);
    }

    private static void assertTuned(DeployedStack stack, JsonNode end, String function) throws IOException {
        assertThat(end.path("status").asText()).as(end.toString()).isEqualTo("SUCCEEDED");
        JsonNode output = Json.tree(end.path("output").asText().getBytes(StandardCharsets.UTF_8));
        for (JsonNode option : output.path("options")) {
            assertThat(option.path("samples").path("fromLogs").asInt())
                    .as(option.toString())
                    .isEqualTo(5);
        }
        JsonNode after = stack.snapshot(function);
        String version = after.path("aliases").path("prod").asText();
        assertThat(after.path("versions").path(version).path("MemorySize").asInt())
                .isEqualTo(output.path("power").asInt());
    }
}
