// SPDX-License-Identifier: Apache-2.0
package dev.memtune.tests.bench;

import dev.memtune.core.change.StartedRun;
import dev.memtune.core.port.CallHook;
import dev.memtune.core.wire.Plan;
import dev.memtune.publisher.Publisher;
import dev.memtune.publisher.PublisherInput;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;

/**
 * How long publishing takes beside the update windows that nobody can shorten, and how many calls it makes: in virtual time,
 * because it is all waiting. The ideal is one window per size and one more to restore {@code $LATEST}.
 */
public final class PublishingBenchmark {
    private static final Duration ROUND_TRIP = Duration.ofMillis(15);
    private static final Duration WINDOW = Duration.ofMillis(800);
    private static final Duration ACTIVATION = Duration.ofMinutes(2);
    private static final Duration STEP_TIME = Duration.ofMinutes(13);
    private static final int FIRST_MB = 576;
    private static final int STEP_MB = 64;

    private PublishingBenchmark() {}

    /** Prints the figures; takes no arguments. */
    public static void main(String[] arguments) {
        for (int count : new int[] {6, 20, 46}) {
            StartedRun started = begin(Duration.ZERO);
            Duration wall = publish(started, count);
            Duration ideal = WINDOW.multipliedBy(count + 1);
            System.out.printf(
                    "%2d sizes, window %d ms, round trip %d ms: %.2f s, ideal %.2f s, ratio %.3f; %.2f calls per size%n",
                    count,
                    WINDOW.toMillis(),
                    ROUND_TRIP.toMillis(),
                    wall.toMillis() / 1e3,
                    ideal.toMillis() / 1e3,
                    (double) wall.toMillis() / ideal.toMillis(),
                    (double) started.lambda.calls().size() / count);
        }
        StartedRun slow = begin(ACTIVATION);
        Duration wall = publish(slow, 6);
        System.out.printf(
                " 6 sizes, activation %d s: %.1f s, ratio to one activation %.3f; %.2f calls per size%n",
                ACTIVATION.toSeconds(),
                wall.toMillis() / 1e3,
                (double) wall.toMillis() / ACTIVATION.toMillis(),
                slow.lambda.calls().size() / 6.0);
    }

    private static StartedRun begin(Duration activation) {
        StartedRun started = new StartedRun();
        started.function.updateTime(WINDOW).activationTime(activation);
        started.lambda.hook(CallHook.before(call -> started.clock.sleep(ROUND_TRIP)));
        return started.begin();
    }

    /** Publishes until nothing is pending, as the state machine does. */
    private static Duration publish(StartedRun started, int count) {
        int[] sizes = IntStream.range(0, count).map(i -> FIRST_MB + STEP_MB * i).toArray();
        Instant begin = started.clock.instant();
        Plan plan = StartedRun.plan(sizes);
        do {
            plan = new Publisher(started.lambda, started.store, started.clock, started.clock, STEP_TIME)
                    .publish(new PublisherInput(started.ref(), plan));
            started.clock.sleep(Duration.ofSeconds(plan.pending() ? plan.waitSeconds() : 0));
        } while (plan.pending());
        return Duration.between(begin, started.clock.instant());
    }
}
