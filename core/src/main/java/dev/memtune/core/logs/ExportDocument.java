// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.logs;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An export that is JSON as a whole, one value or one after the other: what the {@code aws logs} commands print ({@code
 * events}, {@code results}, lists of messages), what a subscription delivers ({@code logEvents}), a console's list of
 * messages, the answer of {@code aws lambda invoke} ({@code LogResult}). Read as a stream.
 */
final class ExportDocument {
    private static final int MAX_DEPTH = 64;
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(4 * LogLines.MAX_LINE_BYTES)
                    .maxNameLength(1_000)
                    .build())
            .build();
    private static final Pattern LIST = Pattern.compile("\\s*+\\[\\s*+[\\[{\"]");
    /** A list on a line of its own, and text below: the function's own output, or records that are read line by line. */
    private static final Pattern LIST_AMID_TEXT = Pattern.compile("\\s*+\\[[^\\n]*+\\n\\s*+[^\\[\\]{}\",\\s]");

    private static final Pattern ANSWER = Pattern.compile(
            "\\s*+\\{\\s*+\"(?:events|results|searchedLogStreams|statistics|queryLanguage|next(?:Forward|Backward)?Token)\"");
    /** What a subscription filter delivers. */
    private static final Pattern DELIVERY =
            Pattern.compile("\\s*+\\{\\s*+\"messageType\"\\s*+:\\s*+\"(?:DATA|CONTROL)_MESSAGE\"");
    /** What {@code aws lambda invoke --log-type Tail} prints; sorted by name too. */
    private static final Pattern INVOKE = Pattern.compile(
            "\\s*+\\{\\s*+\"(?:StatusCode|FunctionError|LogResult|ExecutedVersion)\"\\s*+:\\s*+(?:\\d++|\"[^\"]*+\")"
                    + "\\s*+,\\s*+\"(?:StatusCode|FunctionError|LogResult|ExecutedVersion)\"");

    private static final Pattern EVENT = Pattern.compile(
            "\\s*+\\{[^\\n]{0,65536}?\"(?:ingestionTime|eventId|logStreamName|@ptr|@timestamp|@message)\"\\s*+:");

    private final PlatformEvents events;
    private final PlatformLines lines;

    private ExportDocument(PlatformEvents events) {
        this.events = events;
        this.lines = new PlatformLines(events);
    }

    /** Returns whether a text begins as such an export does. */
    static boolean isBegunBy(byte[] head) {
        String text = new String(head, StandardCharsets.ISO_8859_1);
        boolean isList =
                LIST.matcher(text).lookingAt() && !LIST_AMID_TEXT.matcher(text).lookingAt();
        return isList
                || ANSWER.matcher(text).lookingAt()
                || DELIVERY.matcher(text).lookingAt()
                || INVOKE.matcher(text).lookingAt()
                || EVENT.matcher(text).lookingAt();
    }

    /**
     * Reads a stream for as long as it is JSON.
     *
     * @return the parser, closed, if the rest is something else; null at the end of the stream
     */
    static @Nullable JsonParser read(InputStream stream, PlatformEvents events) throws IOException {
        ExportDocument document = new ExportDocument(events);
        JsonParser parser = FACTORY.createParser(stream).disable(JsonParser.Feature.AUTO_CLOSE_SOURCE);
        try {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                document.value(token, parser);
            }
            return null;
        } catch (JsonProcessingException e) {
            return parser;
        }
    }

    private void value(JsonToken token, JsonParser parser) throws IOException {
        if (token == JsonToken.START_OBJECT) {
            object(parser);
        } else if (token == JsonToken.VALUE_STRING && isListed(parser.getParsingContext())) {
            message(parser.getText());
        } else if (token == JsonToken.START_ARRAY) {
            for (JsonToken next = parser.nextToken(); next != JsonToken.END_ARRAY; next = parser.nextToken()) {
                value(next, parser);
            }
        }
    }

    /** A list of messages is the document itself, or a list in it; what an object lists may be anybody's. */
    private static boolean isListed(JsonStreamContext context) {
        JsonStreamContext around = context.getParent();
        return context.inArray() && around != null && !around.inObject();
    }

    private void object(JsonParser parser) throws IOException {
        JsonRecord record = new JsonRecord();
        String field = null;
        String fieldValue = null;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken token = parser.nextToken();
            boolean isText = token == JsonToken.VALUE_STRING;
            if (isText && (name.equals("message") || name.equals("@message"))) {
                message(parser.getText());
            } else if (isText && name.equals("LogResult")) {
                tail(parser);
            } else if (isText && name.equals("field")) {
                field = parser.getText();
            } else if (isText && name.equals("value")) {
                fieldValue = parser.getText();
            } else if (!record.member(name, token, parser)) {
                value(token, parser);
            }
        }
        if ("@message".equals(field) && fieldValue != null) {
            message(fieldValue);
        }
        record.tell(events);
    }

    /** The tail of an Invoke, in base64. */
    private void tail(JsonParser parser) throws IOException {
        LogLines.forEach(parser.getBinaryValue(), 0, lines::accept);
        lines.finish();
    }

    /** A log event: the platform's are a line of text, or a JSON object on one line or several. */
    private void message(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > 0 && bytes[0] == '{') {
            LogLines.forEach(bytes, 0, lines::accept);
        } else {
            lines.accept(new Span(bytes, 0, LogLines.lineEnd(bytes, 0)), true);
        }
        lines.finish();
    }
}
