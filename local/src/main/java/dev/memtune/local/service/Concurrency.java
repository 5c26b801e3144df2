// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.service;

import dev.memtune.local.function.DeployedFunction;
import dev.memtune.local.function.FunctionOptions;
import dev.memtune.local.function.LambdaFault;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntSupplier;

/**
 * Counts running invocations against the account's and the functions' concurrency. What a function reserves, or else
 * provisions, is its own and is missing from what the others share.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html">Lambda function scaling</a>
 */
final class Concurrency implements ChangeListener {
    private final IntSupplier accountLimit;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Integer> running = new HashMap<>();
    private final Map<String, FunctionOptions> options = new HashMap<>();

    Concurrency(IntSupplier accountLimit) {
        this.accountLimit = accountLimit;
    }

    @Override
    public void replaced(Optional<DeployedFunction> before, Optional<DeployedFunction> after) {
        lock.lock();
        try {
            before.ifPresent(function -> options.remove(function.name()));
            after.filter(function -> committed(function.options()) > 0 || isReserved(function.options()))
                    .ifPresent(function -> options.put(function.name(), function.options()));
        } finally {
            lock.unlock();
        }
    }

    private static boolean isReserved(FunctionOptions options) {
        return options.reservedConcurrency().isPresent();
    }

    private static int committed(FunctionOptions options) {
        return options.reservedConcurrency().orElse(options.provisionedTotal());
    }

    /** What all functions but this one keep for themselves. */
    int committedByOthers(String function) {
        lock.lock();
        try {
            return options.entrySet().stream()
                    .filter(entry -> !entry.getKey().equals(function))
                    .mapToInt(entry -> committed(entry.getValue()))
                    .sum();
        } finally {
            lock.unlock();
        }
    }

    /** What is left of the account's concurrency for everybody. */
    int unreserved() {
        return accountLimit.getAsInt() - committedByOthers("");
    }

    /** @throws LambdaFault 429 with the reason if there is no room */
    void enter(String function) {
        lock.lock();
        try {
            int before = running.getOrDefault(function, 0);
            FunctionOptions own = options.getOrDefault(function, FunctionOptions.NONE);
            if (isReserved(own) && before >= committed(own)) {
                throw LambdaFault.throttled("ReservedFunctionConcurrentInvocationLimitExceeded");
            }
            if (!isReserved(own) && before >= committed(own) && sharedRunning() >= unreserved()) {
                throw LambdaFault.throttled("ConcurrentInvocationLimitExceeded");
            }
            running.put(function, before + 1);
        } finally {
            lock.unlock();
        }
    }

    /** What runs beyond what functions keep for themselves. */
    private int sharedRunning() {
        return running.entrySet().stream()
                .mapToInt(entry -> shared(options.getOrDefault(entry.getKey(), FunctionOptions.NONE), entry.getValue()))
                .sum();
    }

    private static int shared(FunctionOptions options, int running) {
        return isReserved(options) ? 0 : Math.max(0, running - committed(options));
    }

    void leave(String function) {
        lock.lock();
        try {
            running.computeIfPresent(function, (name, count) -> count == 1 ? null : count - 1);
        } finally {
            lock.unlock();
        }
    }
}
