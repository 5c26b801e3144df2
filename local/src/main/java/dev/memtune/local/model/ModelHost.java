// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.model;

import dev.memtune.core.port.Sleeper;
import dev.memtune.local.process.Invocation;
import dev.memtune.local.process.InvocationResult;
import dev.memtune.local.process.RunnableVersion;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;

/**
 * The environments of one model, which exist as numbers only. An invocation that finds none idle is a cold start. The same
 * seed and the same order of invocations give the same results.
 */
final class ModelHost {
    private final FunctionModel model;
    private final RandomGenerator random;
    private final Sleeper sleeper;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Integer> idle = new HashMap<>();

    /**
     * One invocation as it was drawn.
     *
     * @param cold whether it pays the init phase
     * @param ms its duration
     * @param failed whether the function fails
     * @param recycled whether its environment is gone afterwards
     */
    private record Draw(boolean cold, double ms, boolean failed, boolean recycled) {}

    ModelHost(FunctionModel model, RandomGenerator random, Sleeper sleeper, InstantSource clock) {
        this.model = model;
        this.random = random;
        this.sleeper = sleeper;
        this.clock = clock;
    }

    InvocationResult invoke(RunnableVersion version, Invocation invocation) throws InterruptedException {
        Draw draw = begin(version);
        ModelLog log = new ModelLog(version, invocation.requestId(), model.curve(), draw.cold(), clock);
        Optional<ModelLog.Failure> failure = failure(version, draw);
        double ms = Math.min(draw.ms(), (double) version.timeout().toMillis());
        if (model.pace() > 0) {
            pass(ms + (draw.cold() ? model.curve().initMs() : 0));
            end(version, draw, failure);
        }
        return failure.map(f -> log.failed(ms, f)).orElseGet(() -> log.answered(ms, invocation.payload()));
    }

    private Draw begin(RunnableVersion version) {
        lock.lock();
        try {
            boolean cold = !take(version.versionArn());
            double ms = model.curve().drawMs(version.memoryMB(), random);
            Draw draw = new Draw(
                    cold,
                    ms,
                    model.failureRate() > 0 && random.nextDouble() < model.failureRate(),
                    model.recycleRate() > 0 && random.nextDouble() < model.recycleRate());
            if (model.pace() == 0) { // it is over as it begins, and must not meet another one in between
                end(version, draw, failure(version, draw));
            }
            return draw;
        } finally {
            lock.unlock();
        }
    }

    private boolean take(String versionArn) {
        int count = idle.getOrDefault(versionArn, 0);
        idle.put(versionArn, Math.max(0, count - 1));
        return count > 0;
    }

    private void end(RunnableVersion version, Draw draw, Optional<ModelLog.Failure> failure) {
        boolean killed =
                failure.filter(f -> !(f instanceof ModelLog.Failure.Reported)).isPresent();
        boolean kept = !draw.recycled() && !killed;
        lock.lock();
        try {
            // a version that was retired meanwhile has no entry, and its environments do not come back
            idle.computeIfPresent(version.versionArn(), (arn, count) -> kept ? count + 1 : count);
        } finally {
            lock.unlock();
        }
    }

    private Optional<ModelLog.Failure> failure(RunnableVersion version, Draw draw) {
        if (version.memoryMB() < model.curve().usedMB()) {
            return Optional.of(ModelLog.Failure.OUT_OF_MEMORY);
        }
        if (draw.ms() > version.timeout().toMillis()) {
            return Optional.of(ModelLog.Failure.TIMEOUT);
        }
        return draw.failed() ? Optional.of(new ModelLog.Failure.Reported(model.failureType())) : Optional.empty();
    }

    private void pass(double ms) throws InterruptedException {
        sleeper.sleep(Duration.ofNanos((long) (ms * model.pace() * 1e6)));
    }

    void retire(String versionArn) {
        lock.lock();
        try {
            idle.remove(versionArn);
        } finally {
            lock.unlock();
        }
    }
}
