// SPDX-License-Identifier: Apache-2.0
/**
 * Moves the user's alias to the version that was measured and found best, once, on the revision that was read when the run
 * began, and only if code, settings and alias are still what they were.
 */
@NullMarked
package dev.memtune.promoter;

import org.jspecify.annotations.NullMarked;
