// SPDX-License-Identifier: Apache-2.0
package dev.memtune.aws;

import dev.memtune.core.port.Sleeper;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/**
 * Leaves a part of the account's control-plane calls to everybody else: AWS allows 15 a second, for all callers and calls
 * together, and raises that for nobody. Retries count too. What is on this machine has no such limit. Safe for use by many
 * threads.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html">Lambda quotas</a>
 */
final class CallPace implements ExecutionInterceptor {
    /** Two thirds of what the account has. */
    static final int CALLS_PER_SECOND = 10;
    /** How many may come at once after a pause. */
    static final int BURST = 10;

    private static final Duration INTERVAL = Duration.ofSeconds(1).dividedBy(CALLS_PER_SECOND);
    private static final Set<String> THIS_MACHINE = Set.of("127.0.0.1", "localhost", "[::1]");

    private final InstantSource clock;
    private final Sleeper sleeper;
    private Instant due = Instant.EPOCH;

    CallPace(InstantSource clock, Sleeper sleeper) {
        this.clock = clock;
        this.sleeper = sleeper;
    }

    /** The pace of this process. */
    static CallPace system() {
        return new CallPace(InstantSource.system(), pause -> Thread.sleep(pause));
    }

    @Override
    public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
        if (!THIS_MACHINE.contains(context.httpRequest().host())) {
            await();
        }
    }

    /** Waits for this call's turn. */
    void await() {
        Duration wait = reserve();
        if (!wait.isPositive()) {
            return;
        }
        try {
            sleeper.sleep(wait);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw AbortedException.create("interrupted while other calls of this process came first", e);
        }
    }

    private synchronized Duration reserve() {
        Instant now = clock.instant();
        Instant earliest = now.minus(INTERVAL.multipliedBy(BURST));
        due = (due.isBefore(earliest) ? earliest : due).plus(INTERVAL);
        return Duration.between(now, due);
    }
}
