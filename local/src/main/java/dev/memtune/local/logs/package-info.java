// SPDX-License-Identifier: Apache-2.0
/**
 * What functions log, kept bounded on the disk: groups of streams of events, read again by time, text and page. Entry point:
 * {@code LogStore}.
 */
@NullMarked
package dev.memtune.local.logs;

import org.jspecify.annotations.NullMarked;
