// SPDX-License-Identifier: Apache-2.0
/** {@code memtune prices}: the rates that costs are counted with, and how to bring them up to date. */
@NullMarked
package dev.memtune.cli.prices;

import org.jspecify.annotations.NullMarked;
