// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.admin;

import dev.memtune.local.service.Call;
import dev.memtune.local.service.CallInterceptor.Outcome;
import dev.memtune.local.service.Intervention;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The last calls, oldest first. Bodies only if they are asked for: they may hold anything. */
final class Recording {
    /** How many calls are kept; older ones are dropped, which shows in the sequence. */
    static final int CALLS_MAX = 10_000;

    /** How much of a body is kept. */
    static final int BODY_BYTES_MAX = 4_096;

    private final Deque<Recorded> calls = new ArrayDeque<>();
    private long arrived;
    private volatile boolean bodies;

    /**
     * A call that is under way.
     *
     * @param sequence 1 and up, in the order of arrival
     * @param body its beginning, empty if bodies are not recorded
     */
    record Entry(long sequence, Instant at, Call call, String planned, String body) {}

    /**
     * A call that was served, or not as planned.
     *
     * @param status what was, or would have been, answered; 0 if the call was lost before its effect
     */
    record Recorded(Entry entry, int status, String errorCode, Duration took) {}

    boolean bodies() {
        return bodies;
    }

    void bodies(boolean recorded) {
        bodies = recorded;
    }

    synchronized Entry open(Call call, Instant now, Intervention intervention) {
        arrived++;
        int length = bodies ? Math.min(call.body().length, BODY_BYTES_MAX) : 0;
        String body = new String(call.body(), 0, length, StandardCharsets.UTF_8);
        return new Entry(arrived, now, call, FaultDocument.kind(intervention), body);
    }

    synchronized void close(Entry entry, Outcome outcome, Instant now) {
        calls.addLast(new Recorded(entry, outcome.status(), outcome.errorCode(), Duration.between(entry.at(), now)));
        if (calls.size() > CALLS_MAX) {
            calls.removeFirst();
        }
    }

    /** The calls that arrived after this one, as they ended. */
    synchronized List<Recorded> after(long sequence) {
        return calls.stream().filter(call -> call.entry().sequence() > sequence).toList();
    }

    synchronized void clear() {
        calls.clear();
    }
}
