// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.memtune.local.LambdaRule;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ReportTest {
    private static Report report(double durationMs, OptionalDouble initMs, Optional<Report.Failure> failure) {
        return new Report("r1", durationMs, initMs, 512, 90, failure);
    }

    @Test
    void writesColdLineOfTheDeveloperGuide() {
        assertThat(report(198.50, OptionalDouble.of(524.75), Optional.empty()).text())
                .isEqualTo("REPORT RequestId: r1\tDuration: 198.50 ms\tBilled Duration: 724 ms\tMemory Size: 512 MB"
                        + "\tMax Memory Used: 90 MB\tInit Duration: 524.75 ms\t\n");
    }

    @Test
    void writesWarmLineWithTrailingTab() {
        assertThat(report(79.67, OptionalDouble.empty(), Optional.empty()).text())
                .isEqualTo("REPORT RequestId: r1\tDuration: 79.67 ms\tBilled Duration: 80 ms\tMemory Size: 512 MB"
                        + "\tMax Memory Used: 90 MB\t\n");
    }

    @Test
    @LambdaRule("RUN-02")
    void billsWhatTheLineShows() {
        assertThat(report(3.10, OptionalDouble.of(542.01), Optional.empty()).billedMs())
                .isEqualTo(546);
        assertThat(report(1655.10, OptionalDouble.of(322.04), Optional.empty()).billedMs())
                .isEqualTo(1978);
        assertThat(report(3.0000001, OptionalDouble.empty(), Optional.empty()).billedMs())
                .isEqualTo(3);
        assertThat(report(0, OptionalDouble.empty(), Optional.empty()).billedMs())
                .isZero();
    }

    @Test
    @LambdaRule("RUN-03")
    void namesStatusAndErrorType() {
        assertThat(report(1, OptionalDouble.empty(), Optional.of(Report.Failure.TIMEOUT))
                        .text())
                .endsWith("\tStatus: timeout\n");
        assertThat(report(1, OptionalDouble.empty(), Optional.of(Report.Failure.error("X")))
                        .text())
                .endsWith("\tStatus: error\tError Type: X\n");
        assertThat(Report.failedInit(87.284, "invoke", Report.Failure.error("X")))
                .isEqualTo("INIT_REPORT Init Duration: 87.28 ms\tPhase: invoke\tStatus: error\tError Type: X\n");
    }

    @Test
    void refusesTimesThatAreNone() {
        assertThatThrownBy(() -> report(-1, OptionalDouble.empty(), Optional.empty()))
                .hasMessage("durationMs must be 0 or more, got: -1.0");
        assertThatThrownBy(() -> report(1, OptionalDouble.of(Double.NaN), Optional.empty()))
                .hasMessage("initMs must be 0 or more, got: NaN");
    }
}
