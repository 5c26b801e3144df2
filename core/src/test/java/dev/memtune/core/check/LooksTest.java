// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LooksTest {
    @Test
    void spendTheWholeErrorRateAndNoMore() {
        Looks looks = Looks.of(60);
        assertThat(looks.counts()).containsExactly(15, 30, 60);
        double spent = 0;
        for (int look = 0; look < looks.counts().size(); look++) {
            spent += looks.errorRate(look, 0.05);
        }
        assertThat(spent).isCloseTo(0.05, within(1e-12));
        assertThat(looks.errorRate(2, 0.05)).isCloseTo(0.04375, within(1e-12));
    }

    @Test
    void leaveOutWhatIsTooEarly() {
        assertThat(Looks.of(8).counts()).containsExactly(8);
        assertThat(Looks.of(20).counts()).containsExactly(10, 20);
    }
}
