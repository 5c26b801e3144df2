// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.wire;

/**
 * What was bought of the tuned function, whatever became of it.
 *
 * @param invocations how many were sent
 * @param unbilled of how many of these the bill is unknown, because no report was read; they are not in the next two
 * @param gbSeconds the billed memory-time
 * @param cost of these, request fees included, in the price's currency
 */
public record Spend(int invocations, int unbilled, double gbSeconds, double cost) {}
