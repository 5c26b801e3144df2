// SPDX-License-Identifier: Apache-2.0
/** Tests of options. */
@NullMarked
package dev.memtune.cli;

import org.jspecify.annotations.NullMarked;
