// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.function;

import java.util.Objects;

/**
 * The environments that are kept ready behind an alias or a version.
 *
 * @param status {@code READY}, {@code IN_PROGRESS} or {@code FAILED}, as AWS spells it
 * @param requested how many there are to be
 * @param available how many there are
 * @param reason why it failed; empty if it did not
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/api/API_GetProvisionedConcurrencyConfig.html">GetProvisionedConcurrencyConfig</a>
 */
public record ProvisionedConcurrency(String status, int requested, int available, String reason) {
    /** Checks that nothing is null. */
    public ProvisionedConcurrency {
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(reason, "reason");
    }

    /** Whether every environment that is to be there is there. */
    public boolean isReady() {
        return status.equals("READY");
    }

    /** Whether it will not get ready by waiting. */
    public boolean isFailed() {
        return status.equals("FAILED");
    }
}
