// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.logs;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object on one line that holds one line of a log as its message, and beside it nothing but when and where that was
 * written: {@code {"message": …}} as {@code jq -c} makes it of events, {@code {"log": …}} as Docker keeps it. A function's own
 * record also has a level or a request id.
 */
final class Envelope {
    private static final Set<String> MESSAGE = Set.of("message", "@message", "log");
    private static final Set<String> CIRCUMSTANCES = Set.of(
            "timestamp",
            "@timestamp",
            "time",
            "ingestionTime",
            "@ingestionTime",
            "eventId",
            "id",
            "logStreamName",
            "logStream",
            "@logStream",
            "logGroupName",
            "logGroup",
            "@log",
            "@ptr",
            "stream");
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(LogLines.MAX_LINE_BYTES)
                    .maxNameLength(1_000)
                    .build())
            .build();

    private Envelope() {}

    /** Returns the message, of which a text's first line counts, or null if the line is something else. */
    static @Nullable Span content(Span line) {
        if (line.at(line.from()) != '{') {
            return null;
        }
        try (JsonParser parser = FACTORY.createParser(line.bytes(), line.from(), line.to() - line.from())) {
            String message = message(parser);
            return message == null ? null : oneLine(message);
        } catch (IOException e) {
            return null;
        }
    }

    private static @Nullable String message(JsonParser parser) throws IOException {
        String message = null;
        parser.nextToken();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (message == null && value == JsonToken.VALUE_STRING && MESSAGE.contains(name)) {
                message = parser.getText();
            } else if (!value.isScalarValue() || !CIRCUMSTANCES.contains(name)) {
                return null;
            }
        }
        return parser.currentToken() == JsonToken.END_OBJECT && parser.nextToken() == null ? message : null;
    }

    /** Line ends within JSON are spaces; what follows the first line of text is the function's own. */
    private static Span oneLine(String message) {
        byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
        if (bytes.length == 0 || bytes[0] != '{') {
            return new Span(bytes, 0, LogLines.lineEnd(bytes, 0));
        }
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = bytes[i] == '\n' ? (byte) ' ' : bytes[i];
        }
        return new Span(bytes, 0, bytes.length);
    }
}
