// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.algorithm;

/** What the best memory size is best at, as {@code strategy} in {@code metadata.json} says. */
public enum Goal {
    /** {@code cost}: the least money for an invocation. */
    COST,
    /** {@code duration}, or its synonym {@code speed}: the least time for an invocation. */
    DURATION,
    /** {@code balanced}: a weighted mean of both. */
    BALANCED
}
