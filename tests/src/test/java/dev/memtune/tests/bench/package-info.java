// SPDX-License-Identifier: Apache-2.0
/** Benchmarks: main methods that print figures, with the baseline in the same run. */
@NullMarked
package dev.memtune.tests.bench;

import org.jspecify.annotations.NullMarked;
