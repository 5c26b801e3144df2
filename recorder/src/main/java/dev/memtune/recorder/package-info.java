// SPDX-License-Identifier: Apache-2.0
/**
 * Record: says how a run ended, on every end, and keeps it. Promises that success is claimed only with a result and a cleaned
 * function, and that a failure names what failed, what was measured and what to do.
 */
@NullMarked
package dev.memtune.recorder;

import org.jspecify.annotations.NullMarked;
