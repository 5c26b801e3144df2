// SPDX-License-Identifier: Apache-2.0
package dev.memtune.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memtune.core.port.InMemoryRunStore;
import dev.memtune.core.port.VirtualClock;
import dev.memtune.core.run.Step;
import dev.memtune.core.run.StepUsage;
import dev.memtune.core.search.TuningRuns;
import dev.memtune.core.wire.Json;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class StepMeterTest {
    private static final String RUN = "run1";

    private final VirtualClock clock = new VirtualClock();
    private final InMemoryRunStore store = new InMemoryRunStore();
    private final AtomicInteger throttles = new AtomicInteger();

    private StepMeter meter(int memoryMB) {
        return new StepMeter(store, clock, () -> throttles.getAndSet(0), memoryMB, Duration.ofMillis(500));
    }

    private StepUsage noted(String document) {
        return store.document(RUN, document)
                .map(json -> Json.read(json, StepUsage.class))
                .orElse(StepUsage.NONE);
    }

    private void call(StepMeter meter, Duration time, boolean waits) throws InterruptedException {
        try (StepMeter.Call call = meter.begin()) {
            call.of(RUN, Step.PUBLISH);
            clock.sleep(time);
            call.done(waits);
        }
    }

    @Test
    void countsEachCallOnceRoundedUpWithTheColdStartOfTheFirst() throws InterruptedException {
        store.create(TuningRuns.run(RUN, List.of(512), 5));
        StepMeter meter = meter(1024);
        throttles.set(3);
        call(meter, Duration.ofNanos(1_000_001), true);
        call(meter, Duration.ofMillis(7), false);
        assertThat(noted("usage-Publish")).isEqualTo(new StepUsage(2, 0, 1, 1024 * (502 + 7), 3));
    }

    @Test
    void aCallThatIsNotSaidToBeDoneHasFailedAndIsBilledAllTheSame() throws InterruptedException {
        store.create(TuningRuns.run(RUN, List.of(512), 5));
        try (StepMeter.Call call = meter(256).begin()) {
            call.of(RUN, "m512");
            clock.sleep(Duration.ofMillis(20));
        }
        assertThat(noted("usage-Execute-m512")).isEqualTo(new StepUsage(1, 1, 0, 256 * 520, 0));
    }

    @Test
    void aStepThatIsNoFunctionNotesOnlyThrottles() throws InterruptedException {
        store.create(TuningRuns.run(RUN, List.of(512), 5));
        call(meter(0), Duration.ofMillis(7), false);
        assertThat(store.document(RUN, "usage-Publish")).isEmpty();
        throttles.set(2);
        call(meter(0), Duration.ofMillis(7), false);
        assertThat(noted("usage-Publish")).isEqualTo(new StepUsage(1, 0, 0, 0, 2));
    }

    @Test
    void aRunThatNeverWasIsNotCountedAndNothingFails() throws InterruptedException {
        call(meter(1024), Duration.ofMillis(7), false);
        call(StepMeter.none(), Duration.ofMillis(7), false);
        assertThat(store.document(RUN, "usage-Publish")).isEmpty();
    }
}
