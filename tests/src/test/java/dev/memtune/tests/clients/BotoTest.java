// SPDX-License-Identifier: Apache-2.0
package dev.memtune.tests.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
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
            List<CallVerdict> verdicts = CallVerdict.ask(service.environment(), service.endpoint());
            assertThat(verdicts).hasSizeGreaterThanOrEqualTo(CALLS_MIN);
            return verdicts.stream().map(BotoTest::test);
        }
    }

    private static DynamicTest test(CallVerdict verdict) {
        return DynamicTest.dynamicTest(verdict.title(), () -> {
            assertThat(verdict.problems()).as(verdict.title()).isEmpty();
            assertThat(verdict.shape())
                    .as("shape of the answer to " + verdict.title())
                    .isEmpty();
        });
    }
}
