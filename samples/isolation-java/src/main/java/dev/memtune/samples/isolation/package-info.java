// SPDX-License-Identifier: Apache-2.0
/**
 * Keeps an algorithm off its queues and buckets while Memtune measures it. Every version carries a wrapper, which looks at the
 * alias that was invoked: Memtune measures through aliases whose names begin with {@code memtune-}. There, the event is a test
 * event, and what the algorithm puts out is the answer and goes nowhere else. Through any other alias or version, the algorithm
 * does its real work. So the version that was measured is the version that is promoted, unchanged.
 */
@NullMarked
package dev.memtune.samples.isolation;

import org.jspecify.annotations.NullMarked;
