// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.wire;

import org.jspecify.annotations.Nullable;

/**
 * What a size costs, on the result's basis.
 *
 * @param memoryMB the memory size
 * @param perInvocation the mean cost of an invocation with its request, its part of cold starts, and its storage
 * @param perMillion of a million of them
 * @param perMonth of a month, over the tiers of duration, without any free tier, with what is charged by the hour; null if the
 *     number of calls was not stated
 * @param coldStarts whether cold starts are in it
 */
public record SizeCost(
        int memoryMB,
        double perInvocation,
        double perMillion,
        @Nullable Double perMonth,
        boolean coldStarts) {}
