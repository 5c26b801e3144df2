// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.machine.definition;

import dev.memtune.local.machine.data.ResultPath;
import dev.memtune.local.machine.data.Selector;
import dev.memtune.local.machine.data.Template;
import org.jspecify.annotations.Nullable;

/**
 * How data goes through a state. A field that a state type does not have is at its default.
 *
 * @param input InputPath
 * @param parameters Parameters; null leaves the input as it is
 * @param resultSelector ResultSelector; null leaves the result as it is
 * @param resultPath ResultPath
 * @param output OutputPath
 */
public record DataFlow(
        Selector input,
        @Nullable Template parameters,
        @Nullable Template resultSelector,
        ResultPath resultPath,
        Selector output) {}
