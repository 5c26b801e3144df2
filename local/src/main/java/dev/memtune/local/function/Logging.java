// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.function;

import java.util.Objects;
import java.util.Optional;

/**
 * How a function logs.
 *
 * @param format {@code Text} or {@code JSON}
 * @param applicationLevel the filter for the function's own lines, JSON format only
 * @param systemLevel the filter for platform lines, JSON format only: above {@code INFO} it hides the reports of successful
 *     invocations
 * @param group the log group's name
 */
public record Logging(String format, Optional<String> applicationLevel, Optional<String> systemLevel, String group) {
    /** Checks that nothing is null. */
    public Logging {
        Objects.requireNonNull(format, "format");
        Objects.requireNonNull(applicationLevel, "applicationLevel");
        Objects.requireNonNull(systemLevel, "systemLevel");
        Objects.requireNonNull(group, "group");
    }

    /** Lambda's default: text lines in the group named for the function. */
    public static Logging text(String functionName) {
        return new Logging("Text", Optional.empty(), Optional.empty(), "/aws/lambda/" + functionName);
    }
}
