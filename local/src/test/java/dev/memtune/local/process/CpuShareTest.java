// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.memtune.local.LambdaRule;
import org.junit.jupiter.api.Test;

class CpuShareTest {
    @Test
    @LambdaRule("RUN-14")
    void quotaIsInProportionAndNeverBelowTheKernelsLeast() {
        assertThat(new CpuShare(1769).quotaUs()).isEqualTo(20_000);
        assertThat(new CpuShare(128).quotaUs()).isEqualTo(1_447);
        for (int mb = 128; mb <= 10_240; mb++) {
            assertThat(new CpuShare(mb).quotaUs()).isBetween(CpuShare.MIN_QUOTA_US, 115_772);
        }
    }

    @Test
    void showsLambdasProcessorCounts() {
        assertThat(new CpuShare(3008).visibleProcessors()).isEqualTo(2);
        assertThat(new CpuShare(3009).visibleProcessors()).isEqualTo(3);
        assertThat(new CpuShare(5308).visibleProcessors()).isEqualTo(4);
        assertThat(new CpuShare(10_240).visibleProcessors()).isEqualTo(6);
    }

    @Test
    void heapLeavesRoomForTheJvm() {
        assertThat(new CpuShare(128).heapMB()).isEqualTo(64);
        assertThat(new CpuShare(512).heapMB()).isEqualTo(435);
    }

    @Test
    void refusesSizesThatLambdaHasNot() {
        assertThatThrownBy(() -> new CpuShare(127)).hasMessage("memoryMB must be 128 to 10240, got: 127");
        assertThatThrownBy(() -> new CpuShare(10_241)).hasMessage("memoryMB must be 128 to 10240, got: 10241");
        assertThatThrownBy(() -> CpuMeans.of("best"))
                .hasMessage("memtune.cpu must be cgroup2, cgroup1, duty or none, got: best");
        assertThat(CpuMeans.of("duty")).isEqualTo(CpuMeans.DUTY);
    }
}
