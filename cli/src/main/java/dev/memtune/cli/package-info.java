/** The command line: {@code Memtune} is the entry point, each command a class of its own. It composes; it has no logic. */
@NullMarked
package dev.memtune.cli;

import org.jspecify.annotations.NullMarked;
