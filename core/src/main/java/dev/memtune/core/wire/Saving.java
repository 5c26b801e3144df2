// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.wire;

/**
 * The best size against the present one; means, warm.
 *
 * @param presentMB the present memory size
 * @param costPercent how much cheaper an invocation is, compute only; negative if it is dearer
 * @param durationPercent how much shorter an invocation is; negative if it is longer
 */
public record Saving(int presentMB, double costPercent, double durationPercent) {}
