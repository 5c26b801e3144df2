// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.process;

import java.util.Objects;
import java.util.Optional;

/**
 * How a version logs.
 *
 * @param json one JSON object a line instead of text
 * @param applicationLevel the lowest level of the function's own lines that is kept, JSON only
 * @param systemLevel the lowest level of platform lines that is kept, JSON only
 * @param group the log group's name
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-advanced.html">Advanced logging
 *     controls</a>
 */
public record LogSettings(boolean json, Optional<String> applicationLevel, Optional<String> systemLevel, String group) {
    /** Checks that nothing is null. */
    public LogSettings {
        Objects.requireNonNull(applicationLevel, "applicationLevel");
        Objects.requireNonNull(systemLevel, "systemLevel");
        Objects.requireNonNull(group, "group");
    }

    /** Lambda's default: text in the group named for the function. */
    public static LogSettings text(String functionName) {
        return new LogSettings(false, Optional.empty(), Optional.empty(), "/aws/lambda/" + functionName);
    }
}
