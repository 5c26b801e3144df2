/** The demo: every bundled sample through the whole flow. */
@NullMarked
package dev.memtune.cli.demo;

import org.jspecify.annotations.NullMarked;
