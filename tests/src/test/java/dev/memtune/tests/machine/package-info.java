// SPDX-License-Identifier: Apache-2.0
/** The state machine interpreter against a corpus of machines and against interpreters of other projects. */
@NullMarked
package dev.memtune.tests.machine;

import org.jspecify.annotations.NullMarked;
