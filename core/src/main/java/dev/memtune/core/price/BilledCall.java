// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.price;

/**
 * One invocation that was, or will be, paid for.
 *
 * @param memoryMB the memory size it ran at, positive
 * @param billedMs its billed duration, not negative
 */
public record BilledCall(int memoryMB, long billedMs) {
    /** @throws IllegalArgumentException if the size is not positive, or the duration is negative */
    public BilledCall {
        if (memoryMB <= 0 || billedMs < 0) {
            throw new IllegalArgumentException(
                    "memoryMB must be positive and billedMs not negative, got: " + memoryMB + " and " + billedMs);
        }
    }
}
