/** Tests of the report. */
@NullMarked
package dev.memtune.report;

import org.jspecify.annotations.NullMarked;
