// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.service;

import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/** One line per call: method, operation, function, status, milliseconds, request id; nothing of any payload. */
final class CallLog {
    private static final int SHOWN_CHARS = 200;

    private final InstantSource clock;
    private final Consumer<String> sink;

    CallLog(InstantSource clock, Consumer<String> sink) {
        this.clock = clock;
        this.sink = sink;
    }

    /** Something that nobody is told of otherwise. */
    void event(String text) {
        sink.accept(clock.instant() + " " + text);
    }

    /** A call that begins now. */
    Line open(String requestId, String method) {
        return new Line(requestId, method);
    }

    /** A call under way; its duration does not follow a clock that is set meanwhile. */
    final class Line {
        private final long startedNanos = System.nanoTime();
        private final String requestId;
        private final String method;
        private String what = "-";

        private Line(String requestId, String method) {
            this.requestId = requestId;
            this.method = method;
        }

        /** The call is known now. */
        void of(Call call) {
            String qualifier = call.qualifier().map(text -> ":" + text).orElse("");
            what = (call.operation() + " " + call.resource() + qualifier).strip();
        }

        /** The request is not for an operation but for this path. */
        void of(String path) {
            what = path;
        }

        /** The call was answered; without a reply its connection was closed, as planned. */
        void close(Optional<Reply> reply) {
            close(reply.map(r -> (r.status() + " " + r.errorCode()).strip()).orElse("connection closed as planned"));
        }

        /** The call ended so. */
        void close(String outcome) {
            double ms = (System.nanoTime() - startedNanos) / 1e6;
            event(printable(method + " " + what) + " " + printable(outcome)
                    + String.format(Locale.ROOT, " %.1f ms ", ms) + requestId);
        }

        /** What strangers may have written must not forge a line. */
        private static String printable(String text) {
            String bounded = text.length() <= SHOWN_CHARS ? text : text.substring(0, SHOWN_CHARS) + "...";
            return bounded.replaceAll("[^ -~]", "?");
        }
    }
}
