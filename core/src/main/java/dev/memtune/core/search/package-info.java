// SPDX-License-Identifier: Apache-2.0
/**
 * Which sizes to measure, how often, and which one is best. Pure: observations in, the next purchases or a decision out; no
 * clock, no I/O and no randomness but the seed, so that the state machine, a replay of recorded data and tests drive the
 * same object.
 */
@NullMarked
package dev.memtune.core.search;

import org.jspecify.annotations.NullMarked;
