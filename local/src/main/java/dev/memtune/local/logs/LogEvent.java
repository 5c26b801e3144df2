// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.logs;

import java.util.Objects;

/**
 * One line of a log.
 *
 * @param position counts the group's events from 1 and never again; an event's identity
 * @param stream the stream's name
 * @param timestampMs when it happened, milliseconds since 1970
 * @param ingestionMs when it was kept, likewise
 * @param message the line without its newline
 */
public record LogEvent(long position, String stream, long timestampMs, long ingestionMs, String message)
        implements Comparable<LogEvent> {

    /** What CloudWatch Logs counts for an event besides its message. */
    private static final int OVERHEAD_BYTES = 26;

    /** Checks that nothing is null. */
    public LogEvent {
        Objects.requireNonNull(stream, "stream");
        Objects.requireNonNull(message, "message");
    }

    /** By time, events of one time as they came. */
    @Override
    public int compareTo(LogEvent other) {
        int byTime = Long.compare(timestampMs, other.timestampMs);
        return byTime != 0 ? byTime : Long.compare(position, other.position);
    }

    /**
     * Its size as CloudWatch Logs counts it.
     *
     * @see <a href="https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html">
     *     PutLogEvents</a>
     */
    public long sizeBytes() {
        return message.length() + (long) OVERHEAD_BYTES;
    }
}
