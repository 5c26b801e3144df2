// SPDX-License-Identifier: Apache-2.0
/** Tests of the replay. */
@NullMarked
package dev.memtune.core.replay;

import org.jspecify.annotations.NullMarked;
