// SPDX-License-Identifier: Apache-2.0
package dev.memtune.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memtune.core.port.VirtualClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CallPaceTest {
    private final VirtualClock clock = new VirtualClock();
    private final CallPace pace = new CallPace(clock, clock);

    private Duration takes(int calls) {
        for (int i = 0; i < calls; i++) {
            pace.await();
        }
        return Duration.between(VirtualClock.START, clock.instant());
    }

    @Test
    void letsAFewCallsThroughAtOnce() {
        assertThat(takes(CallPace.BURST)).isZero();
    }

    @Test
    void leavesAThirdOfTheAccountsCallsToOthers() {
        assertThat(takes(CallPace.BURST + 60 * CallPace.CALLS_PER_SECOND)).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void doesNotSlowDownWhatComesSeldom() {
        takes(CallPace.BURST);
        clock.sleep(Duration.ofSeconds(1));
        takes(CallPace.BURST);
        assertThat(clock.instant()).isEqualTo(VirtualClock.START.plusSeconds(1));
    }
}
