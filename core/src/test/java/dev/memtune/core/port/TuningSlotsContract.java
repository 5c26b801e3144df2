// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.port;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What slots do, wherever they are kept. */
public interface TuningSlotsContract {
    /** How many there are. */
    int MOST = 3;

    /** {@value #MOST} free slots. */
    TuningSlots slots();

    /** What tells the time to them. */
    VirtualClock clock();

    /** When a run that begins now is over. */
    default Instant end() {
        return clock().instant().plus(Duration.ofHours(1));
    }

    /** Takes all of them. */
    default void fill() {
        IntStream.range(0, MOST)
                .forEach(run -> assertThat(slots().enter("r" + run, end())).isTrue());
    }

    @Test
    default void hasNoMoreThanItsBound() {
        fill();
        assertThat(slots().enter("late", end())).isFalse();
    }

    @Test
    default void keepsTheSlotOfARunThatAsksAgain() {
        fill();
        assertThat(slots().enter("r1", end())).isTrue();
        slots().leave("r2");
        assertThat(slots().enter("late", end())).isTrue();
        assertThat(slots().enter("later", end())).isFalse();
    }

    @Test
    default void hasRoomAgainWhenARunLeaves() {
        fill();
        slots().leave("r0");
        slots().leave("r0");
        slots().leave("nobody");
        assertThat(slots().enter("late", end())).isTrue();
        assertThat(slots().enter("later", end())).isFalse();
    }

    @Test
    default void forgetsARunThatNeverCameBack() {
        fill();
        clock().sleep(Duration.ofHours(2));
        assertThat(slots().enter("late", end())).isTrue();
    }

    @Test
    default void renewsTheTimeOfARunThatAsksAgain() {
        fill();
        clock().sleep(Duration.ofMinutes(30));
        IntStream.range(0, MOST)
                .forEach(run -> assertThat(slots().enter("r" + run, end())).isTrue());
        clock().sleep(Duration.ofMinutes(45));
        assertThat(slots().enter("late", end())).isFalse();
    }

    @Test
    default void givesEachSlotToOneOfManyWhoAskAtOnce() throws Exception {
        try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Boolean>> runs = new ArrayList<>();
            for (int run = 0; run < MOST * 5; run++) {
                String id = "r" + run;
                runs.add(() -> slots().enter(id, end()));
            }
            long inside = 0;
            for (Future<Boolean> answer : pool.invokeAll(runs)) {
                inside += answer.get() ? 1 : 0;
            }
            assertThat(inside).isEqualTo(MOST);
        }
    }
}
