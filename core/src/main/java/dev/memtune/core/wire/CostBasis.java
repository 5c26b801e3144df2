// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.wire;

import org.jspecify.annotations.Nullable;

/**
 * What is assumed of production.
 *
 * @param coldStartShare the part of all invocations that start cold, 0 to 1; null if it is not known, so that the costs are
 *     those of warm invocations
 * @param coldStartInvocations of how many invocations in the function's logs that was estimated; null if it was stated
 * @param callsPerMonth how many invocations a month has; null if it was not stated
 * @param ephemeralMB the function's ephemeral storage, of which 512 MB are free
 * @param snapStartCharged whether snapshots are kept and restored for money
 * @param provisionedConcurrency how many environments are kept ready
 */
public record CostBasis(
        @Nullable Double coldStartShare,
        @Nullable Long coldStartInvocations,
        @Nullable Long callsPerMonth,
        int ephemeralMB,
        boolean snapStartCharged,
        int provisionedConcurrency) {}
