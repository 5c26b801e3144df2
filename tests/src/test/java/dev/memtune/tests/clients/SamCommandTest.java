// SPDX-License-Identifier: Apache-2.0
package dev.memtune.tests.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The SAM command line invokes a function of the service: all that it does with Lambda alone. */
class SamCommandTest {
    private static final String HANDLER = """
            def handler(event, context):
                print("working on", event)
                return {"doubled": 2 * event["n"]}
            """;

    @TempDir
    private Path folder;

    @Test
    void invokesAFunctionByItsArn() throws Exception {
        Program.SAM.require();
        try (LiveService service = LiveService.start(folder)) {
            service.deployPython("remote", HANDLER);
            Map<String, String> environment = new HashMap<>(service.environment());
            environment.put("SAM_CLI_TELEMETRY", "0");

            Program.Result result = Program.SAM.run(
                    environment,
                    List.of(
                            "remote",
                            "invoke",
                            "arn:aws:lambda:us-east-1:000000000000:function:remote",
                            "--event",
                            "{\"n\": 21}"));

            assertThat(result.exitCode()).as(result.errors()).isZero();
            assertThat(result.output()).contains("{\"doubled\": 42}");
            assertThat(result.errors()).contains("working on", "REPORT RequestId: ");
        }
    }
}
