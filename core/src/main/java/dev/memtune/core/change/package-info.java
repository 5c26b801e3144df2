// SPDX-License-Identifier: Apache-2.0
/**
 * How a function is changed without harm: every change is written down before it is made, rests on the revision that was
 * read, is compared afterwards, and gives way to anybody else's.
 */
@NullMarked
package dev.memtune.core.change;

import org.jspecify.annotations.NullMarked;
