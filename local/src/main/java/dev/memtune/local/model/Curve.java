// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.model;

import java.util.random.RandomGenerator;

/** How long a modelled function takes at which memory size. */
public sealed interface Curve permits ModelCurve, RecordedCurve {
    /** One invocation's duration in milliseconds; draws the same number of values for every size. */
    double drawMs(int memoryMB, RandomGenerator random);

    /** The init phase of a cold start, in milliseconds, not negative. */
    double initMs();

    /** The memory that it uses; a smaller size runs out of memory. */
    int usedMB();
}
