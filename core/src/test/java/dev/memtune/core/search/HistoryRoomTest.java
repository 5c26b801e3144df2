// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memtune.core.run.Run;
import dev.memtune.core.sample.Sample;
import dev.memtune.core.wire.Plan;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class HistoryRoomTest {
    private static final int EVENTS_MAX = 20_000;
    private static final int STEP_FUNCTIONS_EVENTS_MAX = 25_000;
    /** Four of Measure, five of Analyze, two of IsDecided. */
    private static final int EVENTS_PER_ROUND = 11;
    /** Sixty times Publish, IsPublished and a wait, and what comes before and after the rounds. */
    private static final int EVENTS_PER_RUN = 60 * 9 + 30;

    private static final int STEP_MINUTES = 13;
    private static final int EXECUTION_MINUTES = 6 * 60;

    private final Run run = TuningRuns.run("run1", List.of(128, 256), 10);

    /** Two invocations of each size in each of so many rounds. */
    private static List<Sample> samples(List<Integer> sizes, int rounds) {
        return IntStream.rangeClosed(1, rounds)
                .boxed()
                .flatMap(round ->
                        sizes.stream().flatMap(size -> Stream.of(sample(size, round, 0), sample(size, round, 1))))
                .toList();
    }

    private static Sample sample(int size, int round, int index) {
        Sample warm = TuningRuns.warm(size, round * 2 + index, 100);
        return new Sample(
                warm.armId(),
                round,
                warm.index(),
                warm.payloadName(),
                warm.outcome(),
                warm.requestId(),
                warm.durationMs(),
                warm.billedMs(),
                warm.memoryMB(),
                warm.maxMemoryMB(),
                warm.initMs(),
                warm.restoreMs(),
                warm.errorType(),
                warm.message(),
                warm.reportFromLogs(),
                warm.initRepeated());
    }

    @Test
    void fewSizesHaveEveryRound() {
        assertThat(HistoryRoom.roundsLeft(run, 3, samples(List.of(128, 256), 3), 2))
                .isEqualTo(Plan.MAX_ROUNDS - 3);
    }

    @Test
    void manySizesHaveAsManyRoundsAsTheirIterationsHaveRoom() {
        List<Integer> sizes =
                IntStream.rangeClosed(1, 54).map(i -> 128 + 64 * i).boxed().toList();
        assertThat(HistoryRoom.roundsLeft(run, 4, samples(sizes, 4), 54))
                .isEqualTo((HistoryRoom.ITERATIONS_MAX - 4 * 54) / 54);
        assertThat(HistoryRoom.roundsLeft(run, 15, samples(sizes, 15), 54)).isZero();
    }

    /** Arms that are measured at once may each hand back once more before they hear that it was too often. */
    @Test
    void handingBackForWantOfCapacityStaysBelowTheBoundOfStepFunctions() {
        int handBacks = Rounds.AT_ONCE_MAX * Math.ceilDiv(EXECUTION_MINUTES, STEP_MINUTES);
        int rest = Plan.MAX_ROUNDS * EVENTS_PER_ROUND + EVENTS_PER_RUN;
        assertThat(HistoryRoom.ITERATIONS_MAX * HistoryRoom.EVENTS_PER_ITERATION
                        + (handBacks + HistoryRoom.SHORTAGES_MAX + Rounds.AT_ONCE_MAX)
                                * HistoryRoom.EVENTS_PER_HAND_BACK
                        + rest)
                .isLessThanOrEqualTo(STEP_FUNCTIONS_EVENTS_MAX);
        assertThat(HistoryRoom.COLD_ITERATIONS_MAX * HistoryRoom.EVENTS_PER_ITERATION
                        + (HistoryRoom.COLD_SHORTAGES_MAX + Rounds.AT_ONCE_MAX) * HistoryRoom.EVENTS_PER_HAND_BACK
                        + rest)
                .isLessThanOrEqualTo(STEP_FUNCTIONS_EVENTS_MAX);
    }

    @Test
    void theMostIterationsAndTheMostHandingBackStayBelowTheBound() {
        int handBacks = Rounds.AT_ONCE_MAX * Math.ceilDiv(EXECUTION_MINUTES, STEP_MINUTES);
        int rest = Plan.MAX_ROUNDS * EVENTS_PER_ROUND + EVENTS_PER_RUN;
        assertThat(HistoryRoom.ITERATIONS_MAX * HistoryRoom.EVENTS_PER_ITERATION
                        + handBacks * HistoryRoom.EVENTS_PER_HAND_BACK
                        + rest)
                .isLessThanOrEqualTo(EVENTS_MAX);
        assertThat(HistoryRoom.COLD_ITERATIONS_MAX * HistoryRoom.EVENTS_PER_ITERATION + rest)
                .isLessThanOrEqualTo(EVENTS_MAX);
    }
}
