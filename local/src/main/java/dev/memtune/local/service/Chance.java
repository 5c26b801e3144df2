// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.service;

import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;

/** Randomness for many threads from a generator for one. */
final class Chance {
    private final RandomGenerator random;
    private final ReentrantLock lock = new ReentrantLock();

    Chance(RandomGenerator random) {
        this.random = random;
    }

    /** A random (version 4) UUID. */
    String uuid() {
        lock.lock();
        try {
            long high = (random.nextLong() & ~0xF000L) | 0x4000L;
            long low = (random.nextLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
            return new UUID(high, low).toString();
        } finally {
            lock.unlock();
        }
    }

    /** Uniform in [0, 1). */
    double draw() {
        lock.lock();
        try {
            return random.nextDouble();
        } finally {
            lock.unlock();
        }
    }
}
