// SPDX-License-Identifier: Apache-2.0
/**
 * Makes the arms of a plan measurable: a version per size, behind an alias of the run's own. {@code $LATEST} bears a trial
 * size only inside this step, and has its own back when the step returns or fails.
 */
@NullMarked
package dev.memtune.publisher;

import org.jspecify.annotations.NullMarked;
