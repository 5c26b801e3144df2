// SPDX-License-Identifier: Apache-2.0
package dev.memtune.tests.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memtune.core.registry.AlgorithmItem;
import dev.memtune.core.registry.AlgorithmStatus;
import dev.memtune.core.registry.StatusChange;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UploadsAtOnceTest {
    private static final int UPLOADS = 500;
    private static final int AT_ONCE = 8;

    @TempDir
    private Path folder;

    @Test
    void losesNoneAndTunesNoneTwiceWithinItsBound() throws Exception {
        UploadBenchmark.Figures figures = UploadBenchmark.measure(folder, UPLOADS, AT_ONCE);

        assertThat(figures.items()).hasSize(UPLOADS).allSatisfy(UploadsAtOnceTest::isPromotedAtOnce);
        assertThat(figures.peak()).isBetween(1, AT_ONCE);
        try (Stream<Path> executions = Files.list(folder.resolve("inbox/.memtune/executions"))) {
            assertThat(executions).hasSize(UPLOADS);
        }
    }

    private static void isPromotedAtOnce(AlgorithmItem item) {
        assertThat(item.history())
                .extracting(StatusChange::status)
                .containsExactly(
                        AlgorithmStatus.UPLOADED,
                        AlgorithmStatus.READY,
                        AlgorithmStatus.TUNING,
                        AlgorithmStatus.PROMOTED);
    }
}
