// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.price;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;

/**
 * How often a function starts cold, and what that is billed.
 *
 * @param share the part of all invocations that start cold, 0 to 1
 * @param billedMeanMs the mean billed duration of such an invocation, init or restore included, in milliseconds
 */
public record ColdStarts(BigDecimal share, BigDecimal billedMeanMs) {
    /** @throws IllegalArgumentException if the share is not within 0 to 1, or the duration is negative */
    public ColdStarts {
        requireNonNull(share, "share");
        if (share.signum() < 0 || share.compareTo(BigDecimal.ONE) > 0) {
            throw new IllegalArgumentException("share must be between 0 and 1, got: " + share);
        }
        if (billedMeanMs.signum() < 0) {
            throw new IllegalArgumentException("billedMeanMs must not be negative, got: " + billedMeanMs);
        }
    }

    /** Returns the mean billed duration over warm and cold invocations. */
    BigDecimal mixedWith(BigDecimal warmBilledMeanMs) {
        BigDecimal warmShare = BigDecimal.ONE.subtract(share);
        return share.multiply(billedMeanMs).add(warmShare.multiply(warmBilledMeanMs));
    }
}
