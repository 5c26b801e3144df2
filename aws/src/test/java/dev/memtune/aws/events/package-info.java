// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.memtune.aws.events;

import org.jspecify.annotations.NullMarked;
