/** Texts, tables and charts from one result. Pure: values in, text out. */
@NullMarked
package dev.memtune.report;

import org.jspecify.annotations.NullMarked;
