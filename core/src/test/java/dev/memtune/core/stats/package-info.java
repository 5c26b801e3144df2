// SPDX-License-Identifier: Apache-2.0
/** Tests of stats. */
@NullMarked
package dev.memtune.core.stats;

import org.jspecify.annotations.NullMarked;
