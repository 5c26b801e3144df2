// SPDX-License-Identifier: Apache-2.0
/**
 * Execute: invokes one arm's alias with its share of the payloads and keeps what came back. Promises that no position of an
 * arm is bought twice once its sample is stored, that a sample is used only if the arm's own version and memory ran, and
 * that it returns within its time budget plus one time-out of the function, handing back what is left.
 */
@NullMarked
package dev.memtune.executor;

import org.jspecify.annotations.NullMarked;
