// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.replay;

/**
 * What became of one run of one policy.
 *
 * @param memoryMB the size it chose
 * @param regret how much worse the choice is than the best size of the whole pool, as a share
 * @param invocations it bought
 * @param gbSeconds it spent
 * @param passes the same, over one invocation at every size
 * @param rounds it took
 * @param isStated whether it said that no tested size is better by more than its tolerance
 * @param isTrue whether that would be true
 */
public record Trial(
        int memoryMB,
        double regret,
        int invocations,
        double gbSeconds,
        double passes,
        int rounds,
        boolean isStated,
        boolean isTrue) {}
