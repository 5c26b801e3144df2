// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memtune.core.run.Arm;
import dev.memtune.core.wire.Strategy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorthTest {
    private static final List<Integer> NAMED = List.of(256, 512);

    /** So many rounds of two at each size, one above the mean and one below; a round's mean is off by its own share. */
    private static ArmObservations arm(int size, double meanMs, int rounds, double scatter, double ofRound) {
        List<Measurement> measurements = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            double mean = meanMs * (1 + (round % 2 == 0 ? ofRound : -ofRound));
            for (double share : List.of(1 + scatter, 1 - scatter)) {
                measurements.add(new Measurement(mean * share, mean * share, false, 1 + round));
            }
        }
        return new ArmObservations(Arm.ofSize(size).id(), size, measurements.size(), true, measurements);
    }

    private static List<Candidate> candidates(ArmObservations... arms) {
        return Candidate.of(new Observations(9, List.of(arms)), Goal.of(Strategy.COST, 1));
    }

    private static Worth worth(List<Candidate> candidates) {
        return worth(candidates, 1);
    }

    private static Worth worth(List<Candidate> candidates, double costWeight) {
        RoundEffect rounds = RoundEffect.of(candidates);
        Curve curve = new Curve(candidates, costWeight, rounds);
        return new Worth(candidates, curve, rounds, SizeSpace.between(NAMED), costWeight);
    }

    private static double worthOfMore(List<Candidate> candidates) {
        return worth(candidates).perPass(candidates.get(0), candidates.get(1));
    }

    @Test
    void isMostWhereTwoAreNearAndLittleIsKnown() {
        double near = worthOfMore(candidates(arm(256, 1000, 2, 0.1, 0), arm(512, 510, 2, 0.1, 0)));
        double far = worthOfMore(candidates(arm(256, 1000, 2, 0.1, 0), arm(512, 700, 2, 0.1, 0)));
        double known = worthOfMore(candidates(arm(256, 1000, 40, 0.1, 0), arm(512, 510, 40, 0.1, 0)));
        assertThat(near).isGreaterThan(10 * far).isGreaterThan(10 * known);
    }

    @Test
    void isMoreWhereThePriceIsASmallPartOfAPass() {
        double alone = worthOfMore(candidates(arm(256, 1000, 2, 0.1, 0), arm(512, 510, 2, 0.1, 0)));
        double besideDear = worthOfMore(
                candidates(arm(256, 1000, 2, 0.1, 0), arm(512, 510, 2, 0.1, 0), arm(10_240, 1000, 2, 0.1, 0)));
        assertThat(besideDear).isGreaterThan(2 * alone);
    }

    @Test
    void sizesThatNobodyNamedAreArguedAboutForFourPassesOnly() {
        List<Candidate> few = candidates(arm(256, 1000, 1, 0.1, 0), arm(400, 600, 1, 0.1, 0), arm(512, 500, 1, 0.1, 0));
        List<Candidate> many =
                candidates(arm(256, 1000, 4, 0.1, 0), arm(400, 600, 4, 0.1, 0), arm(512, 500, 4, 0.1, 0));
        assertThat(worth(few).isDone(few.get(0), few.get(1), 0.05)).isFalse();
        assertThat(worth(many).isDone(many.get(0), many.get(1), 0.05)).isTrue();
        assertThat(worth(many).isDone(many.get(0), many.get(2), 0.05)).isFalse();
    }

    @Test
    void patienceEndsWithWhatWasSpent() {
        assertThat(worth(candidates(arm(256, 1000, 4, 0.1, 0), arm(512, 500, 4, 0.1, 0)))
                        .impatience())
                .isEqualTo(1);
        assertThat(worth(candidates(arm(256, 1000, 16, 0.1, 0), arm(512, 500, 16, 0.1, 0)))
                        .impatience())
                .isEqualTo(4);
    }

    @Test
    void patienceEndsSoonerForSpeedAlone() {
        List<Candidate> many = candidates(arm(256, 1000, 16, 0.1, 0), arm(512, 500, 16, 0.1, 0));
        assertThat(worth(many, 0).impatience())
                .isEqualTo(2 * worth(many, 0.5).impatience())
                .isEqualTo(8);
    }

    @Test
    void roundsThatDifferLeaveAMeanLessKnown() {
        List<Candidate> alike = candidates(arm(256, 1000, 12, 0.02, 0), arm(512, 500, 12, 0.02, 0));
        List<Candidate> differing = candidates(arm(256, 1000, 12, 0.02, 0.1), arm(512, 500, 12, 0.02, 0.1));
        Candidate first = differing.getFirst();
        assertThat(RoundEffect.of(alike).variance()).isLessThan(0.0001);
        assertThat(Math.sqrt(RoundEffect.of(differing).variance())).isBetween(0.05, 0.12);
        assertThat(RoundEffect.of(differing).variance(first))
                .isEqualTo(RoundEffect.of(differing).variance() / 12);
    }
}
