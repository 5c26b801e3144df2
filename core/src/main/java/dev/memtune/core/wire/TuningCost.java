// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.wire;

/**
 * What a tuning cost up to its decision; afterwards only the alias is moved and everything is cleaned up.
 *
 * @param target the tuned function's invocations: cold starts, retries and failures included
 * @param tuner our own functions' duration and requests; 0 on a laptop
 * @param transitions of the state machine; 0 on a laptop
 * @param snapStart the published versions' snapshots, three hours at least, and their restores, where they are charged
 * @param total the sum
 * @param estimated whether some rate in it is not known for the region
 */
public record TuningCost(
        double target, double tuner, double transitions, double snapStart, double total, boolean estimated) {}
