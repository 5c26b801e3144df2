// SPDX-License-Identifier: Apache-2.0
package dev.memtune.cli.replay;

import dev.memtune.core.replay.Comparison;
import dev.memtune.core.replay.PolicyScores;
import dev.memtune.core.replay.ReplayPlan;
import dev.memtune.core.replay.ReplayResult;
import dev.memtune.core.wire.Strategy;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * The result in JSON.
 *
 * @param data the file's name
 * @param objective what counted
 * @param values the sizes that were named; empty for all
 * @param runs per function and policy
 * @param seed of all draws
 * @param ties what the searches did among equal sizes: {@code least} or {@code trade}
 * @param policies each policy's scores
 * @param comparisons each pair of policies
 */
record ReplayDocument(
        String data,
        Strategy objective,
        List<Integer> values,
        int runs,
        long seed,
        String ties,
        List<PolicyScores> policies,
        List<Comparison> comparisons) {

    static ReplayDocument of(Path data, ReplayPlan plan, ReplayResult result) {
        return new ReplayDocument(
                String.valueOf(data.getFileName()),
                plan.goal().strategy(),
                plan.values(),
                plan.runs(),
                plan.seed(),
                plan.ties().name().toLowerCase(Locale.ROOT),
                result.policies(),
                result.comparisons());
    }
}
