// SPDX-License-Identifier: Apache-2.0
/** Functions that are computed, not run: durations, cold starts and failures come from a curve, stated or recorded. */
@NullMarked
package dev.memtune.local.model;

import org.jspecify.annotations.NullMarked;
