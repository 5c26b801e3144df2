// SPDX-License-Identifier: Apache-2.0
/**
 * The start of a tuning: a record of the registry's stream becomes one execution of the state machine. Safe to run twice, in
 * any order: the execution's name is made of the attempt, and Step Functions refuses a name that was used.
 */
@NullMarked
package dev.memtune.trigger;

import org.jspecify.annotations.NullMarked;
