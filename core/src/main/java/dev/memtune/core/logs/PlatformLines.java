// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.logs;

/** Takes a log line by line and tells what the platform's own lines among them say, in text or JSON, mixed at will. */
final class PlatformLines {
    private final TextLines text;
    private final JsonRecords json;

    PlatformLines(PlatformEvents events) {
        this.text = new TextLines(events);
        this.json = new JsonRecords(events);
    }

    /** @param lineEnded whether the line is known to be whole: something follows it */
    void accept(Span rawLine, boolean lineEnded) {
        Span line = Colours.strip(rawLine);
        if (line.isEmpty()) {
            return;
        }
        if (JsonRecords.begins(line)) {
            text.finish();
            json.accept(line, lineEnded);
        } else if (json.isOpen() && !TextLines.isPlatform(line)) {
            json.go(line, lineEnded);
        } else {
            json.discard();
            text.accept(line, lineEnded);
        }
    }

    /** Returns whether a record goes on over the lines to come. */
    boolean isOpen() {
        return json.isOpen();
    }

    /** The log, or the log event, is at its end. */
    void finish() {
        text.finish();
        json.finish();
    }
}
