// SPDX-License-Identifier: Apache-2.0
/** The command that plays policies of searching against a user's own records. */
@NullMarked
package dev.memtune.cli.replay;

import org.jspecify.annotations.NullMarked;
