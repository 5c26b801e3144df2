// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.replay;

import java.util.List;

/**
 * How the policies did.
 *
 * @param policies each in the order they were asked for
 * @param comparisons each pair of them
 */
public record ReplayResult(List<PolicyScores> policies, List<Comparison> comparisons) {
    /** Copies the lists. */
    public ReplayResult {
        policies = List.copyOf(policies);
        comparisons = List.copyOf(comparisons);
    }
}
