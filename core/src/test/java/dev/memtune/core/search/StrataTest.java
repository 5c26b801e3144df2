// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.memtune.core.stats.Moments;
import dev.memtune.core.wire.Strategy;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class StrataTest {
    private static Measurement ms(double ms, int payload) {
        return new Measurement(ms, ms, false, 1, payload);
    }

    private static ArmObservations arm(int memoryMB, List<Measurement> measurements) {
        return new ArmObservations("m" + memoryMB, memoryMB, measurements.size(), true, measurements);
    }

    @Test
    void anArmWithMoreOfTheHeavyPayloadIsNotSlowerForIt() {
        ArmObservations light = arm(512, List.of(ms(10, 0), ms(10, 0), ms(10, 0), ms(1000, 1)));
        ArmObservations heavy = arm(1024, List.of(ms(10, 0), ms(1000, 1), ms(1000, 1), ms(1000, 1)));
        Strata strata = Strata.of(List.of(light, heavy));

        double one = Moments.of(strata.values(light.comparable(), Measurement::billedMs))
                .mean();
        double other = Moments.of(strata.values(heavy.comparable(), Measurement::billedMs))
                .mean();

        assertThat(one).isCloseTo(505, within(1e-9));
        assertThat(other).isCloseTo(505, within(1e-9));
    }

    @Test
    void theScatterIsThatWithinThePayloads() {
        ArmObservations arm = arm(512, List.of(ms(9, 0), ms(11, 0), ms(990, 1), ms(1010, 1)));

        Moments moments = Moments.of(Strata.of(List.of(arm)).values(arm.comparable(), Measurement::billedMs));

        assertThat(moments.mean()).isCloseTo(505, within(1e-9));
        assertThat(Math.sqrt(moments.variance())).isLessThan(10);
    }

    @Test
    void anArmThatLacksAPayloadIsTakenAsItIs() {
        ArmObservations both = arm(512, List.of(ms(10, 0), ms(1000, 1)));
        ArmObservations one = arm(1024, List.of(ms(20, 0), ms(10, 0)));

        assertThat(Strata.of(List.of(both, one)).values(one.comparable(), Measurement::billedMs))
                .containsExactly(10, 20);
    }

    @Test
    void payloadsOfDifferentSizesCostNoMoreInvocationsThanOne() {
        SplittableRandom random = new SplittableRandom(3).split();
        List<ArmObservations> arms = new ArrayList<>();
        for (int size : List.of(512, 1024)) {
            List<Measurement> measurements = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                double ms = (i % 2 == 0 ? 20 : 400) * 512.0 / size * (size == 1024 ? 1.25 : 1);
                measurements.add(ms(ms * (1 + 0.02 * random.nextGaussian()), i % 2));
            }
            arms.add(arm(size, measurements));
        }

        Move.Decide decide = new Ranking(Goal.of(Strategy.COST, 0.5)).decide(new Observations(1, arms));

        assertThat(decide.best().orElseThrow().memoryMB()).isEqualTo(512);
        assertThat(decide.separated()).isTrue();
    }
}
