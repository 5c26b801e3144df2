// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.wire;

/**
 * One size, under the names of AWS Lambda Power Tuning.
 *
 * @param value the memory size in MB
 * @param averagePrice the mean cost of one invocation, compute only
 * @param averageDuration the mean duration of the handler in milliseconds
 */
public record SizeStat(int value, double averagePrice, double averageDuration) {}
