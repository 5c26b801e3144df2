// SPDX-License-Identifier: Apache-2.0
/**
 * The way from an item to a function: an uploaded algorithm is deployed as a stack of its own, and its item becomes ready, or
 * says why not. Every look compares what should be with what is and takes the next step, so that changes may be told twice,
 * late or not at all, and a look may be lost if another one comes.
 */
@NullMarked
package dev.memtune.provisioner;

import org.jspecify.annotations.NullMarked;
