// SPDX-License-Identifier: Apache-2.0
/** Tests of search. */
@NullMarked
package dev.memtune.core.search;

import org.jspecify.annotations.NullMarked;
