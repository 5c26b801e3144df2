// SPDX-License-Identifier: Apache-2.0
/**
 * Undoes what a run's ledger says it did, and nothing else. Idempotent, safe against its own crashes, and without effect for
 * a run that does not hold the function. What cannot be undone is named with the command that tries again.
 */
@NullMarked
package dev.memtune.cleaner;

import org.jspecify.annotations.NullMarked;
