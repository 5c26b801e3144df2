// SPDX-License-Identifier: Apache-2.0
/** Tests of the replay command. */
@NullMarked
package dev.memtune.cli.subject;

import org.jspecify.annotations.NullMarked;
