/**
 * The state model of the embedded Lambda service: functions, versions, aliases, revisions and AWS's rules for changing
 * them. Pure: no I/O, no clock and no randomness of its own. Entry point: {@code Lifecycle}.
 */
@NullMarked
package dev.memtune.local.function;

import org.jspecify.annotations.NullMarked;
