// SPDX-License-Identifier: Apache-2.0
/** Runs kept in files that survive a crash at any byte, for use by many threads and processes. */
@NullMarked
package dev.memtune.local.store;

import org.jspecify.annotations.NullMarked;
