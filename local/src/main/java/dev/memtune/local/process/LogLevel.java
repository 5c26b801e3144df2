// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.process;

import java.util.Locale;
import java.util.Optional;

/** The levels of log lines, the most talkative first. */
enum LogLevel {
    TRACE,
    DEBUG,
    INFO,
    WARN,
    ERROR,
    FATAL;

    /** The level of this name, if it is one of Lambda's; {@code WARNING} and {@code CRITICAL} are Python's words. */
    static Optional<LogLevel> of(String name) {
        return switch (name.toUpperCase(Locale.ROOT)) {
            case "TRACE" -> Optional.of(TRACE);
            case "DEBUG" -> Optional.of(DEBUG);
            case "INFO" -> Optional.of(INFO);
            case "WARN", "WARNING" -> Optional.of(WARN);
            case "ERROR" -> Optional.of(ERROR);
            case "FATAL", "CRITICAL" -> Optional.of(FATAL);
            default -> Optional.empty();
        };
    }

    /** Whether a line of this level passes a filter; everything passes where there is none. */
    boolean passes(Optional<String> lowest) {
        return lowest.flatMap(LogLevel::of).map(level -> compareTo(level) >= 0).orElse(true);
    }
}
