/** The files of {@code events/}, each executed, and the bounds of what stands in the states of an execution. */
@NullMarked
package dev.memtune.tests.events;

import org.jspecify.annotations.NullMarked;
