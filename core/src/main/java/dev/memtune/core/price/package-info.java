// SPDX-License-Identifier: Apache-2.0
/**
 * What AWS charges: rates ({@link dev.memtune.core.price.Price}) and money ({@link dev.memtune.core.price.Cost}), in exact
 * decimal arithmetic. Where a division must round, {@link dev.memtune.core.price.Rounding} says how.
 */
@NullMarked
package dev.memtune.core.price;

import org.jspecify.annotations.NullMarked;
