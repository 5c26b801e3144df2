// SPDX-License-Identifier: Apache-2.0
/** Data flow of the Amazon States Language: paths, templates and intrinsic functions over JSON that nobody mutates. */
@NullMarked
package dev.memtune.local.machine.data;

import org.jspecify.annotations.NullMarked;
