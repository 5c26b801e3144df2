// SPDX-License-Identifier: Apache-2.0
/** {@code memtune logs}: what invocations did and cost, from any log of theirs. */
@NullMarked
package dev.memtune.cli.logs;

import org.jspecify.annotations.NullMarked;
