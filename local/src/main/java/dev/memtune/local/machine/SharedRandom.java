// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.machine;

import java.util.random.RandomGenerator;

/** Makes a source of randomness safe for use by many threads. */
final class SharedRandom implements RandomGenerator {
    private final RandomGenerator source;

    SharedRandom(RandomGenerator source) {
        this.source = source;
    }

    @Override
    public synchronized long nextLong() {
        return source.nextLong();
    }
}
