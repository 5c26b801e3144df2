// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.function;

import org.jspecify.annotations.Nullable;

/**
 * Settings of a function that bear on how it may be tuned, and that tuning never writes.
 *
 * @param codeBytes the size of the deployed package, at least 0; 0 for container images and where an endpoint does not tell
 * @param deadLetterTarget the ARN of the queue or topic that failed asynchronous invocations go to; null if there is none
 * @param tenantIsolated whether every invocation must name a tenant
 *     (<a href="https://docs.aws.amazon.com/lambda/latest/dg/tenant-isolation.html">tenant isolation</a>)
 * @param ephemeralMB the ephemeral storage in MB, at least 512
 * @param snapStart whether published versions start from a snapshot
 */
public record FunctionTraits(
        long codeBytes, @Nullable String deadLetterTarget, boolean tenantIsolated, int ephemeralMB, boolean snapStart) {
    /** The least ephemeral storage, which costs nothing: <a href="https://aws.amazon.com/lambda/pricing/">AWS</a>. */
    public static final int LEAST_EPHEMERAL_MB = 512;

    /** A function without any of them. */
    public static final FunctionTraits NONE = new FunctionTraits(0, null, false, LEAST_EPHEMERAL_MB, false);

    /** The least storage stands for one that is not told.
     *
     * @throws IllegalArgumentException if the size is negative */
    public FunctionTraits {
        if (codeBytes < 0) {
            throw new IllegalArgumentException("codeBytes must be at least 0, got: " + codeBytes);
        }
        ephemeralMB = Math.max(ephemeralMB, LEAST_EPHEMERAL_MB);
    }
}
