// SPDX-License-Identifier: Apache-2.0
/**
 * Analyze: reads what was measured and hands out the next invocations, or decides and writes the result. Promises that a
 * decision rests on measured samples only, and that without any there is no result but a rejection that says why.
 */
@NullMarked
package dev.memtune.analyzer;

import org.jspecify.annotations.NullMarked;
