/** Rules about the whole that no single module can check. */
@NullMarked
package dev.memtune.tests.architecture;

import org.jspecify.annotations.NullMarked;
