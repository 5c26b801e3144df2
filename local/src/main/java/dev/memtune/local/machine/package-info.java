// SPDX-License-Identifier: Apache-2.0
/**
 * Interprets an Amazon States Language file on this machine, with task handlers in place of Lambda functions. Entry points:
 * {@code StateMachine} and {@code Runner}.
 */
@NullMarked
package dev.memtune.local.machine;

import org.jspecify.annotations.NullMarked;
