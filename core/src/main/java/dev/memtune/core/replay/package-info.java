// SPDX-License-Identifier: Apache-2.0
/**
 * Policies of searching, played against recorded invocations: what each would have chosen and spent, and how wrong it would
 * have been. {@link dev.memtune.core.replay.Replay} is the entry; rows in, scores out; no I/O and no clock.
 */
@NullMarked
package dev.memtune.core.replay;

import org.jspecify.annotations.NullMarked;
