// SPDX-License-Identifier: Apache-2.0
/** A state machine definition as immutable records, and the parser that refuses, by name, what cannot be interpreted. */
@NullMarked
package dev.memtune.local.machine.definition;

import org.jspecify.annotations.NullMarked;
