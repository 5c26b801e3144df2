/** A CPU-bound algorithm: counts primes with a segmented sieve. Entry point: {@code PrimesHandler}. */
@NullMarked
package dev.memtune.samples.primes;

import org.jspecify.annotations.NullMarked;
