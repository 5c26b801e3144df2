// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.wire;

/**
 * How sure the answer is.
 *
 * @param separated whether no other tested size is better by more than the tolerance, at the level
 * @param level the confidence, such as 0.95
 * @param statement the same in one sentence for people
 */
public record ConfidenceNote(boolean separated, double level, String statement) {}
