// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.memtune.aws.stacks;

import org.jspecify.annotations.NullMarked;
