// SPDX-License-Identifier: Apache-2.0
/** Statistics of measured durations: means that outliers cannot bend, their intervals, and tests between two of them. */
@NullMarked
package dev.memtune.core.stats;

import org.jspecify.annotations.NullMarked;
