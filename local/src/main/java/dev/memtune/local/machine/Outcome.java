// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.machine;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * What a state leads to.
 *
 * @param output its output
 * @param next the state to go to; null if the flow ends
 */
record Outcome(JsonNode output, @Nullable String next) {}
