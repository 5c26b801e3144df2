// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.service;

import dev.memtune.local.function.LambdaFault;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntSupplier;

/**
 * Counts running invocations against the account's and the functions' concurrency.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html">Lambda function scaling</a>
 */
final class Concurrency {
    private final IntSupplier accountLimit;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Integer> running = new HashMap<>();
    private final Map<String, Integer> reserved = new HashMap<>();

    Concurrency(IntSupplier accountLimit) {
        this.accountLimit = accountLimit;
    }

    /** Sets or lifts a function's reservation. */
    void reserve(String function, Optional<Integer> limit) {
        lock.lock();
        try {
            limit.ifPresentOrElse(l -> reserved.put(function, l), () -> reserved.remove(function));
        } finally {
            lock.unlock();
        }
    }

    /** What is reserved by all functions but this one. */
    int reservedByOthers(String function) {
        lock.lock();
        try {
            return reserved.values().stream().mapToInt(Integer::intValue).sum() - reserved.getOrDefault(function, 0);
        } finally {
            lock.unlock();
        }
    }

    /** What is left of the account's concurrency for functions without a reservation. */
    int unreserved() {
        return accountLimit.getAsInt() - reservedByOthers("");
    }

    /** @throws LambdaFault 429 with the reason if there is no room */
    void enter(String function) {
        lock.lock();
        try {
            Integer limit = reserved.get(function);
            if (limit != null && running.getOrDefault(function, 0) >= limit) {
                throw LambdaFault.throttled("ReservedFunctionConcurrentInvocationLimitExceeded");
            }
            if (limit == null && unreservedRunning() >= unreserved()) {
                throw LambdaFault.throttled("ConcurrentInvocationLimitExceeded");
            }
            running.merge(function, 1, Integer::sum);
        } finally {
            lock.unlock();
        }
    }

    private int unreservedRunning() {
        return running.entrySet().stream()
                .filter(entry -> !reserved.containsKey(entry.getKey()))
                .mapToInt(Map.Entry::getValue)
                .sum();
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
