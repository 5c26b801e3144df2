// SPDX-License-Identifier: Apache-2.0
/** Tests of the watch command. */
@NullMarked
package dev.memtune.cli.watch;

import org.jspecify.annotations.NullMarked;
