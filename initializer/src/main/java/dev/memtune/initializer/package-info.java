// SPDX-License-Identifier: Apache-2.0
/**
 * Begins a run: checks the whole input, describes the function, writes the run's record, and then takes the lease. The
 * lease is the first change that it makes, and the only one.
 */
@NullMarked
package dev.memtune.initializer;

import org.jspecify.annotations.NullMarked;
