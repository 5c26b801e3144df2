// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.machine.definition;

import dev.memtune.local.machine.data.ResultPath;

/**
 * Where an execution goes on after an error.
 *
 * @param errors which errors
 * @param resultPath where the error output goes in the state's input
 * @param next the state to go to
 */
public record Catcher(ErrorMatcher errors, ResultPath resultPath, String next) {}
