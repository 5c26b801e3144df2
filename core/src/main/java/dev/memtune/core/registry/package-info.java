// SPDX-License-Identifier: Apache-2.0
/**
 * Algorithms on their way from upload to production. {@link dev.memtune.core.registry.AlgorithmItem} is what is known of one;
 * {@link dev.memtune.core.registry.Registry} keeps them; who changes an item writes the whole next state of it, on the
 * condition that nobody else did so since it was read.
 */
@NullMarked
package dev.memtune.core.registry;

import org.jspecify.annotations.NullMarked;
