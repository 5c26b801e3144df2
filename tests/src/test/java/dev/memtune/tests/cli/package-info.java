// SPDX-License-Identifier: Apache-2.0
/** The command line from outside: what a person types, sees and gets back, and what is left behind. */
@NullMarked
package dev.memtune.tests.cli;

import org.jspecify.annotations.NullMarked;
