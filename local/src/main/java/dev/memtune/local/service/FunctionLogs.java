// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.service;

import dev.memtune.local.logs.LogStore;
import dev.memtune.local.logs.TimedLine;
import dev.memtune.local.process.InvocationResult;
import dev.memtune.local.process.RunnableVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Keeps what invocations log. A log that cannot be kept costs a line of the service's own log, never an invocation. */
final class FunctionLogs {
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("yyyy/MM/dd").withZone(ZoneOffset.UTC);

    private final LogStore store;
    private final Consumer<String> log;

    FunctionLogs(LogStore store, Consumer<String> log) {
        this.store = store;
        this.log = log;
    }

    /**
     * Keeps an invocation's log, one event a line. What comes up to the START line bears the invocation's beginning, the rest
     * its end: a runner does not tell when each line was written.
     */
    void keep(RunnableVersion version, InvocationResult result, Instant start, Instant end) {
        List<TimedLine> lines = new ArrayList<>();
        Instant at = start;
        for (String line : new String(result.log(), StandardCharsets.UTF_8).split("\n", -1)) {
            if (!line.isBlank()) {
                lines.add(new TimedLine(at, line));
            }
            if (line.startsWith("START ") || line.contains("\"platform.start\"")) {
                at = end;
            }
        }
        String stream = result.logStream().isEmpty() ? stream(version, start) : result.logStream();
        try {
            store.append(version.hosting().logs().group(), stream, lines, end);
        } catch (IOException e) {
            log.accept("the log of " + version.versionArn() + " could not be kept: " + e.getMessage());
        }
    }

    /** For runners without environments: one stream a day and version. */
    private static String stream(RunnableVersion version, Instant start) {
        return DAY.format(start) + "/[" + version.version() + "]"
                + String.format("%032x", version.versionArn().hashCode() & 0xffffffffL);
    }
}
