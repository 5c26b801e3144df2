// SPDX-License-Identifier: Apache-2.0
/** The one place where many calls go out at once and their results come back in order. */
@NullMarked
package dev.memtune.core.fanout;

import org.jspecify.annotations.NullMarked;
