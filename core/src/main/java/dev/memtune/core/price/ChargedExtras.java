// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.price;

/**
 * What a function is charged for besides duration and requests.
 *
 * @param ephemeralMB the ephemeral storage, of which 512 MB are free
 * @param snapStart whether snapshots are kept and restored for money, as for every runtime but Java's
 * @param provisionedConcurrency how many environments are kept ready, at least 0; they are taken to serve every invocation
 */
public record ChargedExtras(int ephemeralMB, boolean snapStart, int provisionedConcurrency) {
    /** Nothing of it. */
    public static final ChargedExtras NONE = new ChargedExtras(Price.FREE_EPHEMERAL_MB, false, 0);

    /** @throws IllegalArgumentException if the storage is not positive, or the concurrency negative */
    public ChargedExtras {
        if (ephemeralMB <= 0 || provisionedConcurrency < 0) {
            throw new IllegalArgumentException(
                    "ephemeralMB must be positive and provisionedConcurrency not negative, got: " + ephemeralMB
                            + " and " + provisionedConcurrency);
        }
    }
}
