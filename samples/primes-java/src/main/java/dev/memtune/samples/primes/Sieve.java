// SPDX-License-Identifier: Apache-2.0
package dev.memtune.samples.primes;

import java.util.Arrays;

/**
 * Counts primes segment by segment, in 32 KiB that stay in a core's first cache however high the limit is: the work is for
 * the CPU alone.
 */
final class Sieve {
    /** The largest limit: its square root still makes a small table of base primes. */
    static final int MAX_LIMIT = 100_000_000;

    private static final int SEGMENT = 32 * 1024;

    private Sieve() {}

    /** The number of primes up to and including {@code limit}, 0 to {@value #MAX_LIMIT}. */
    static int countUpTo(int limit) {
        if (limit < 0 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException("limit must be from 0 to " + MAX_LIMIT + ", got: " + limit);
        }
        int[] base = basePrimes((int) Math.sqrt(limit) + 1);
        boolean[] composite = new boolean[SEGMENT];
        int count = 0;
        for (int low = 2; low <= limit; low += SEGMENT) {
            int high = Math.min(low + SEGMENT - 1, limit);
            count += countIn(low, high, base, composite);
        }
        return count;
    }

    private static int countIn(int low, int high, int[] base, boolean[] composite) {
        Arrays.fill(composite, false);
        for (int prime : base) {
            long first = Math.max((long) prime * prime, (low + prime - 1L) / prime * prime);
            for (long multiple = first; multiple <= high; multiple += prime) {
                composite[(int) (multiple - low)] = true;
            }
        }
        int count = 0;
        for (int i = 0; i <= high - low; i++) {
            count += composite[i] ? 0 : 1;
        }
        return count;
    }

    private static int[] basePrimes(int limit) {
        boolean[] composite = new boolean[limit + 1];
        int[] primes = new int[limit + 1];
        int count = 0;
        for (int number = 2; number <= limit; number++) {
            if (!composite[number]) {
                primes[count++] = number;
                for (long multiple = (long) number * number; multiple <= limit; multiple += number) {
                    composite[(int) multiple] = true;
                }
            }
        }
        return Arrays.copyOf(primes, count);
    }
}
