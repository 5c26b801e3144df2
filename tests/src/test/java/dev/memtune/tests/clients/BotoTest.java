// SPDX-License-Identifier: Apache-2.0
package dev.memtune.tests.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** boto3 uses the service; every answer is compared with the service model that botocore ships. */
class BotoTest {
    private static final int CALLS_MIN = 80;

    @TempDir
    private Path folder;

    @TestFactory
    Stream<DynamicTest> everyCallEndsAsOnAws() throws Exception {
        Program.PYTHON.require();
        try (LiveService service = LiveService.start(folder)) {
            Program.Result result =
                    Program.PYTHON.run(service.environment(), List.of("lambda_judge.py", service.endpoint()));
            assertThat(result.exitCode()).as(result.errors()).isZero();
            JsonNode verdicts = new ObjectMapper().readTree(result.output());
            assertThat(verdicts.size()).isGreaterThanOrEqualTo(CALLS_MIN);
            return StreamSupport.stream(verdicts.spliterator(), false).map(BotoTest::test);
        }
    }

    private static DynamicTest test(JsonNode verdict) {
        String name =
                verdict.path("operation").asText() + ": " + verdict.path("name").asText();
        return DynamicTest.dynamicTest(
                name, () -> assertThat(verdict.path("problems")).as(name).isEmpty());
    }
}
