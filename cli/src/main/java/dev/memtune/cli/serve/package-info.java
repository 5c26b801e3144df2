// SPDX-License-Identifier: Apache-2.0
/** {@code memtune serve}: the embedded Lambda service for other programs. */
@NullMarked
package dev.memtune.cli.serve;

import org.jspecify.annotations.NullMarked;
