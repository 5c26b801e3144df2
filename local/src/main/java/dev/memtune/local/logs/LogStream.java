// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.logs;

/**
 * What is known of a stream.
 *
 * @param name its name
 * @param firstEventMs its earliest event
 * @param lastEventMs its latest event
 * @param lastIngestionMs when the last one was kept
 * @param sizeBytes the size of its events
 */
public record LogStream(String name, long firstEventMs, long lastEventMs, long lastIngestionMs, long sizeBytes) {
    static LogStream of(LogEvent event) {
        return new LogStream(
                event.stream(), event.timestampMs(), event.timestampMs(), event.ingestionMs(), event.sizeBytes());
    }

    /** With the events of the same stream that came later. */
    LogStream and(LogStream later) {
        return new LogStream(
                name,
                Math.min(firstEventMs, later.firstEventMs),
                Math.max(lastEventMs, later.lastEventMs),
                Math.max(lastIngestionMs, later.lastIngestionMs),
                sizeBytes + later.sizeBytes);
    }
}
