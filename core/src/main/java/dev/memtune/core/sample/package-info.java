/** What was measured: one {@code Sample} per invocation that was paid for, whatever became of it. */
@NullMarked
package dev.memtune.core.sample;

import org.jspecify.annotations.NullMarked;
