// SPDX-License-Identifier: Apache-2.0
package dev.memtune.tests.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.memtune.aws.AwsFunctionControl;
import dev.memtune.aws.LambdaClients;
import dev.memtune.core.function.FunctionConfiguration;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * AWS Lambda Power Tuning completes a run against the service. Its code is not part of this project: the environment
 * variable {@code POWER_TUNING_CHECKOUT} names a checkout of it, and without one the test is skipped.
 */
class PowerTuningTest {
    private static final String INPUT = """
            {"lambdaARN": "arn:aws:lambda:us-east-1:000000000000:function:tuned", "powerValues": [256, 1024],
             "num": 5, "payload": {"rounds": 200000}, "strategy": "speed", "parallelInvocation": false}
            """;

    private static final String HANDLER = """
            def handler(event, context):
                total = 0
                for number in range(event["rounds"]):
                    total += number * number
                return total
            """;

    @TempDir
    private Path folder;

    @Test
    void completesARun() throws Exception {
        Program.NODE.require();
        String checkout = System.getenv("POWER_TUNING_CHECKOUT");
        assumeTrue(checkout != null, "POWER_TUNING_CHECKOUT names no checkout of AWS Lambda Power Tuning");
        try (LiveService service = LiveService.start(folder);
                LambdaClients clients = service.clients()) {
            service.deployPython("tuned", HANDLER);

            Program.Result result = Program.NODE.run(
                    service.environment(), List.of("leader_judge.cjs", checkout, service.endpoint(), INPUT));

            assertThat(result.exitCode()).as(result.errors()).isZero();
            JsonNode analysis = new ObjectMapper().readTree(result.output());
            assertThat(analysis.path("power").asText()).as(result.output()).isEqualTo("1024");
            assertThat(analysis.path("duration").asDouble()).isPositive();
            assertThat(analysis.at("/stateMachine/visualization").asText())
                    .startsWith("https://lambda-power-tuning.show/#");
            AwsFunctionControl control = new AwsFunctionControl(clients, warning -> {});
            assertThat(control.aliases("tuned")).isEmpty();
            assertThat(control.configuration("tuned", FunctionConfiguration.LATEST)
                            .memoryMB())
                    .isEqualTo(512);
        }
    }
}
