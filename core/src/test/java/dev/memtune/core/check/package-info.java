// SPDX-License-Identifier: Apache-2.0
/** Tests of the check, and pairs of versions to check. */
@NullMarked
package dev.memtune.core.check;

import org.jspecify.annotations.NullMarked;
