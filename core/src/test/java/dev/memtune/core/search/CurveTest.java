// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.memtune.core.run.Arm;
import dev.memtune.core.stats.Welch;
import dev.memtune.core.wire.Strategy;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class CurveTest {
    private static final List<Integer> SIZES = List.of(128, 256, 512, 1024, 1769, 3008);

    /** So many invocations at every size, half of them so much above the mean, half below. */
    private static List<Candidate> candidates(int count, double scatter, IntToDoubleFunction meanMs) {
        List<ArmObservations> arms = new ArrayList<>();
        for (int size : SIZES) {
            List<Measurement> measurements = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                double ms = meanMs.applyAsDouble(size) * (1 + (i % 2 == 0 ? scatter : -scatter));
                measurements.add(new Measurement(ms, ms, false, 1 + i / 2));
            }
            arms.add(new ArmObservations(Arm.ofSize(size).id(), size, count, true, measurements));
        }
        return Candidate.of(new Observations(9, arms), Goal.of(Strategy.COST, 1));
    }

    private static Curve curve(List<Candidate> candidates) {
        return new Curve(candidates, 1, RoundEffect.of(candidates));
    }

    private static Candidate at(List<Candidate> candidates, int size) {
        return candidates.get(SIZES.indexOf(size));
    }

    @Test
    void keepsToWhatWasMeasuredOften() {
        List<Candidate> candidates = candidates(100, 0.02, size -> size == 512 ? 300 : 1e5 / size);
        Curve curve = curve(candidates);
        Candidate first = at(candidates, 256);
        Candidate second = at(candidates, 512);
        Welch plain = Welch.between(first.index(), second.index());
        assertThat(curve.likely(second)).isCloseTo(second.index().value(), within(0.01));
        assertThat(curve.between(first, second).difference()).isCloseTo(plain.difference(), within(0.01));
        assertThat(curve.between(first, second).standardError()).isCloseTo(plain.standardError(), within(0.0005));
    }

    @Test
    void drawsALuckySizeOfANoisyFunctionTowardsItsNeighbours() {
        List<Candidate> candidates = candidates(4, 0.5, size -> (size == 1769 ? 0.6 : 1) * 1e6 / Math.sqrt(size));
        Curve curve = curve(candidates);
        Candidate lucky = at(candidates, 1769);
        assertThat(curve.likely(lucky)).isGreaterThan(lucky.index().value() + 0.1);
        Candidate neighbour = at(candidates, 1024);
        assertThat(curve.between(neighbour, lucky).standardError())
                .isLessThan(Welch.between(neighbour.index(), lucky.index()).standardError());
    }

    @Test
    void lendsLessWhereDurationsFallInSteps() {
        IntToDoubleFunction luckyAt512 = size -> (size == 512 ? 0.6 : 1) * 1e5 / size;
        List<Candidate> longer = candidates(4, 0.5, size -> 100 * luckyAt512.applyAsDouble(size));
        List<Candidate> shorter = candidates(4, 0.5, luckyAt512);
        double ofLonger =
                curve(longer).likely(at(longer, 512)) - at(longer, 512).index().value();
        double ofShorter = curve(shorter).likely(at(shorter, 512))
                - at(shorter, 512).index().value();
        assertThat(ofShorter).isBetween(0.0, ofLonger - 0.01);
    }
}
