// SPDX-License-Identifier: Apache-2.0
/** The safe publishing protocol under faults: the whole flow, in memory and virtual time, with one fault at every point. */
@NullMarked
package dev.memtune.tests.safety;

import org.jspecify.annotations.NullMarked;
