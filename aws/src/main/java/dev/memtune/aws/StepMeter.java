// SPDX-License-Identifier: Apache-2.0
package dev.memtune.aws;

import dev.memtune.core.port.RunStore;
import dev.memtune.core.run.Step;
import dev.memtune.core.run.StepUsage;
import dev.memtune.core.wire.Json;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps count, in the run store, of what a step's own calls use, so that the bill of a tuning is complete. Each call is
 * counted once, when it ends, well or not; one that dies is not. What comes after the count is not in it: its own two requests
 * to the run store, some milliseconds.
 */
public final class StepMeter {
    private static final long NANOS_PER_MS = 1_000_000;

    private final @Nullable RunStore store;
    private final InstantSource clock;
    private final IntSupplier throttles;
    private final int memoryMB;
    /** How long this process took to begin: billed with its first call. */
    private final AtomicReference<Duration> initialization;

    /**
     * A meter of one process.
     *
     * @param throttles how many calls of the control plane were throttled since it was last asked
     * @param memoryMB the memory size of the step's function; 0 where it is none, and nothing but throttles is noted
     * @param initialization what is billed besides the first call; zero if nothing is, or it is not known
     */
    public StepMeter(
            RunStore store, InstantSource clock, IntSupplier throttles, int memoryMB, Duration initialization) {
        this(store, clock, throttles, memoryMB, new AtomicReference<>(initialization));
    }

    private StepMeter(
            @Nullable RunStore store,
            InstantSource clock,
            IntSupplier throttles,
            int memoryMB,
            AtomicReference<Duration> initialization) {
        this.store = store;
        this.clock = clock;
        this.throttles = throttles;
        this.memoryMB = memoryMB;
        this.initialization = initialization;
    }

    /** A meter that notes nothing. */
    public static StepMeter none() {
        return new StepMeter(null, InstantSource.system(), () -> 0, 0, new AtomicReference<>(Duration.ZERO));
    }

    /** A call of the step begins; close it when it ends. */
    public Call begin() {
        return new Call(clock.instant(), initialization.getAndSet(Duration.ZERO));
    }

    /** A call of a step. It counts as failed unless it is said to be done. */
    public final class Call implements AutoCloseable {
        private final Instant begin;
        private final Duration before;
        private @Nullable String runId;
        private @Nullable String document;
        private boolean isDone;
        private boolean isWaiting;

        private Call(Instant begin, Duration before) {
            this.begin = begin;
            this.before = before;
        }

        /** Of which run and step it is. Until that is known, there is nowhere to note it. */
        public void of(String run, Step step) {
            this.runId = run;
            this.document = StepUsage.document(step);
        }

        /** Of which run it is, and for which arm Execute was called. */
        public void of(String run, String armId) {
            this.runId = run;
            this.document = StepUsage.document(armId);
        }

        /**
         * It did what it was to do.
         *
         * @param waits whether it asked for a wait and another call
         */
        public void done(boolean waits) {
            this.isDone = true;
            this.isWaiting = waits;
        }

        /** What it has used so far, taken for done. */
        public StepUsage used() {
            return usage(false, 0);
        }

        private StepUsage usage(boolean isFailed, int throttleCount) {
            Duration elapsed = Duration.between(begin, clock.instant()).plus(before);
            long billedMs = Math.max(1, Math.ceilDiv(elapsed.toNanos(), NANOS_PER_MS));
            return new StepUsage(1, isFailed ? 1 : 0, isWaiting ? 1 : 0, billedMs * memoryMB, throttleCount);
        }

        @Override
        public void close() {
            String run = runId;
            String name = document;
            if (store == null || run == null || name == null) {
                return;
            }
            int throttleCount = throttles.getAsInt();
            if (memoryMB > 0 || throttleCount > 0) {
                note(store, run, name, usage(!isDone, throttleCount));
            }
        }
    }

    private static void note(RunStore store, String run, String name, StepUsage call) {
        try {
            StepUsage before = store.document(run, name)
                    .map(json -> Json.read(json, StepUsage.class))
                    .orElse(StepUsage.NONE);
            store.putDocument(run, name, Json.write(before.plus(call)));
        } catch (RuntimeException e) {
            // There is no run if Initialize refused it. Otherwise the count is not worth failing a step that did its
            // work.
            System.err.println("memtune: not counted: " + name + " of run " + run + ": " + e.getMessage());
        }
    }
}
