/**
 * A run of Memtune and what it has done: the record written before the first change, the ledger of intents, the lease, and
 * the outcome.
 */
@NullMarked
package dev.memtune.core.run;

import org.jspecify.annotations.NullMarked;
