/** What is known of a function: its name, configuration, versions and aliases. */
@NullMarked
package dev.memtune.core.function;

import org.jspecify.annotations.NullMarked;
