// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.price;

import java.math.BigDecimal;

/**
 * What an account gets for nothing each month, over all its functions and both architectures: <a
 * href="https://aws.amazon.com/lambda/pricing/">AWS Lambda Pricing</a>.
 *
 * @param requests so many requests
 * @param compute so many GB-seconds
 */
public record FreeTier(BigDecimal requests, GbSeconds compute) {
    /** Another function has used it up, or it should not count: the safe assumption. */
    public static final FreeTier NONE = new FreeTier(BigDecimal.ZERO, new GbSeconds(BigDecimal.ZERO));
    /** All of it is there for this function. */
    public static final FreeTier WHOLE =
            new FreeTier(BigDecimal.valueOf(1_000_000), new GbSeconds(BigDecimal.valueOf(400_000)));

    BigDecimal requestsBeyond(BigDecimal made) {
        return made.subtract(requests).max(BigDecimal.ZERO);
    }

    GbSeconds computeBeyond(GbSeconds used) {
        return new GbSeconds(used.value().subtract(compute.value()).max(BigDecimal.ZERO));
    }
}
