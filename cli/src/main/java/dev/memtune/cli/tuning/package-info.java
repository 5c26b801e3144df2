/** One tuning from start to end: the state machine with the steps behind it, its progress, and what an interrupt does. */
@NullMarked
package dev.memtune.cli.tuning;

import org.jspecify.annotations.NullMarked;
