// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.wire;

/**
 * What was asked for.
 *
 * @param strategy what "best" means
 * @param balancedWeight for {@link Strategy#BALANCED}: 0 (duration) to 1 (cost)
 * @param policy how sizes and samples were chosen
 * @param num invocations per size; where the policy searches, the most per size
 * @param tolerance the share by which sizes may differ and be called equal
 * @param seed of every random choice
 * @param limits what the answer has to keep to, and what finding it may cost
 */
public record GoalNote(
        Strategy strategy,
        double balancedWeight,
        String policy,
        int num,
        double tolerance,
        long seed,
        SearchLimits limits) {}
