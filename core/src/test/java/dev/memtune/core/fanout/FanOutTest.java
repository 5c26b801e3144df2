// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.fanout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.memtune.core.port.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
final class FanOutTest {
    private final VirtualClock clock = new VirtualClock();
    private final List<Thread> threads = new ArrayList<>();
    private final FanOut fanOut = new FanOut(
            task -> {
                Thread thread = Thread.ofVirtual().unstarted(task);
                threads.add(thread);
                return thread;
            },
            clock);

    private Limits limits(int parallelism, boolean failOnTimeout) {
        return new Limits(parallelism, clock.instant().plusSeconds(60), failOnTimeout);
    }

    private void assertNothingRuns() {
        assertThat(threads).noneMatch(Thread::isAlive);
    }

    @Test
    void returnsResultsInOrderWhateverTheOrderOfArrival() throws InterruptedException {
        CountDownLatch lastIsDone = new CountDownLatch(1);
        List<CallResult<Integer>> results = fanOut.callAll(3, limits(3, true), index -> {
            if (index == 2) {
                lastIsDone.countDown();
            } else {
                lastIsDone.await();
            }
            return index * 10;
        });
        assertThat(results)
                .containsExactly(
                        new CallResult.Returned<>(0, 0),
                        new CallResult.Returned<>(1, 10),
                        new CallResult.Returned<>(2, 20));
    }

    @Test
    void keepsToTheParallelism() throws InterruptedException {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CyclicBarrier inFours = new CyclicBarrier(4);
        fanOut.callAll(20, limits(4, true), index -> {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            inFours.await(60, TimeUnit.SECONDS);
            running.decrementAndGet();
            return index;
        });
        assertThat(most.get()).isEqualTo(4);
    }

    @Test
    void aFailedCallIsAResult() throws InterruptedException {
        IllegalStateException failure = new IllegalStateException("broken");
        List<CallResult<Integer>> results = fanOut.callAll(2, limits(1, true), index -> {
            if (index == 0) {
                throw failure;
            }
            return index;
        });
        assertThat(results).containsExactly(new CallResult.Threw<>(0, failure), new CallResult.Returned<>(1, 1));
    }

    @Test
    void anErrorIsAResultToo() throws InterruptedException {
        List<CallResult<Integer>> results = fanOut.callAll(1, limits(1, true), index -> {
            throw new StackOverflowError("deep");
        });
        assertThat(results.getFirst()).isInstanceOf(CallResult.Threw.class);
    }

    @Test
    void callsAfterTheDeadlineTimeOutOrAreNotBegun() throws InterruptedException {
        List<CallResult<Integer>> results = fanOut.callAll(4, limits(2, false), this::returnOnceThenHang);
        assertThat(results)
                .containsExactly(
                        new CallResult.Returned<>(0, 0),
                        new CallResult.TimedOut<>(1),
                        new CallResult.TimedOut<>(2),
                        new CallResult.NotBegun<>(3));
        assertNothingRuns();
    }

    /** The first call returns; the third moves the clock past the deadline. */
    private int returnOnceThenHang(int index) throws InterruptedException {
        if (index == 2) {
            clock.sleep(Duration.ofSeconds(61));
        }
        if (index > 0) {
            new CountDownLatch(1).await();
        }
        return index;
    }

    @Test
    void failsAtTheDeadlineIfToldTo() {
        assertThatThrownBy(() -> fanOut.callAll(4, limits(2, true), this::returnOnceThenHang))
                .isInstanceOf(FanOutTimeout.class)
                .hasMessageContaining("of 4 calls");
        assertNothingRuns();
    }

    @Test
    void aDeadlineInThePastBeginsNothing() throws InterruptedException {
        Limits past = new Limits(1, Instant.EPOCH, false);
        assertThat(fanOut.callAll(1, past, index -> index)).containsExactly(new CallResult.NotBegun<>(0));
        assertThat(threads).isEmpty();
    }

    @Test
    void beginsNoMoreWhenItIsEnough() throws InterruptedException {
        List<CallResult<Integer>> results = fanOut.callAll(10, limits(1, true), new Calls<>() {
            private int arrived;

            @Override
            public Integer call(int index) {
                return index;
            }

            @Override
            public void arrived(List<CallResult<Integer>> batch) {
                arrived += batch.size();
            }

            @Override
            public boolean isEnough() {
                return arrived == 3;
            }
        });
        assertThat(results.subList(0, 3)).allMatch(CallResult.Returned.class::isInstance);
        assertThat(results.subList(3, 10)).allMatch(CallResult.NotBegun.class::isInstance);
    }

    @Test
    void anInterruptEndsEverythingThatRuns() throws InterruptedException {
        CountDownLatch bothRun = new CountDownLatch(2);
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread caller = Thread.ofPlatform().start(() -> {
            try {
                fanOut.callAll(5, limits(2, true), index -> {
                    bothRun.countDown();
                    new CountDownLatch(1).await();
                    return index;
                });
            } catch (InterruptedException e) {
                thrown.set(e);
            }
        });
        bothRun.await();
        caller.interrupt();
        caller.join();
        assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
        assertThat(threads).hasSize(2);
        assertNothingRuns();
    }

    @Test
    void aFailingCallbackEndsEverythingThatRuns() {
        assertThatThrownBy(() -> fanOut.callAll(2, limits(2, true), new Calls<Integer>() {
                    @Override
                    public Integer call(int index) throws InterruptedException {
                        if (index == 1) {
                            new CountDownLatch(1).await();
                        }
                        return index;
                    }

                    @Override
                    public void arrived(List<CallResult<Integer>> batch) {
                        throw new IllegalStateException("the store is full");
                    }
                }))
                .hasMessage("the store is full");
        assertNothingRuns();
    }

    @Test
    void noCallsAreNoResults() throws InterruptedException {
        assertThat(fanOut.callAll(0, limits(1, true), index -> index)).isEmpty();
    }
}
