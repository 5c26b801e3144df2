// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.logs;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads one platform record of the JSON format, its members in any order, passing over what it does not know. */
final class JsonRecord {
    private static final int MAX_DEPTH = 32;
    private static final int MAX_NUMBER_LENGTH = 64;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            // The names are compared once and dropped: interning them costs more than it saves.
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNumberLength(MAX_NUMBER_LENGTH)
                    .maxStringLength(JsonRecords.MAX_RECORD_BYTES)
                    .maxNameLength(1_000)
                    .build())
            .build();

    private final ReportDraft draft = new ReportDraft();
    private @Nullable String type;

    /**
     * Reads an object and tells what it says, which is nothing if it is no platform record.
     *
     * @throws IOException if the bytes are not one JSON object within the limits
     */
    static void read(Span object, PlatformEvents events) throws IOException {
        JsonRecord record = new JsonRecord();
        try (JsonParser parser = FACTORY.createParser(object.bytes(), object.from(), object.to() - object.from())) {
            parser.nextToken();
            record.members(parser);
        }
        record.tell(events);
    }

    private void members(JsonParser parser) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            if (!member(name, parser.nextToken(), parser)) {
                parser.skipChildren();
            }
        }
    }

    /** Takes a member of the outer object, at its value, and returns whether it is one of a platform record. */
    boolean member(String name, JsonToken value, JsonParser parser) throws IOException {
        if (name.equals("type") && value == JsonToken.VALUE_STRING) {
            type = parser.getText();
            return true;
        }
        if (name.equals("record") && value == JsonToken.START_OBJECT) {
            record(parser);
            return true;
        }
        return false;
    }

    private void record(JsonParser parser) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (value == JsonToken.VALUE_STRING) {
                word(name, parser.getText());
            } else if (name.equals("metrics") && value == JsonToken.START_OBJECT) {
                metrics(parser);
            } else {
                parser.skipChildren();
            }
        }
    }

    private void word(String name, String text) {
        switch (name) {
            case "requestId" -> {
                if (text.length() <= TextLines.MAX_ID_LENGTH) {
                    draft.requestId(text);
                }
            }
            case "status" -> draft.word(ReportField.STATUS, text);
            case "errorType" -> draft.word(ReportField.ERROR_TYPE, text);
            case "phase" -> draft.word(ReportField.PHASE, text);
            default -> {
                // What else a record may say is no concern of the report.
            }
        }
    }

    private void metrics(JsonParser parser) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            ReportField field = ReportField.metric(parser.currentName());
            JsonToken value = parser.nextToken();
            if (field != null && value.isNumeric()) {
                draft.number(field, parser.getDoubleValue());
            } else if (field != null && value != JsonToken.VALUE_NULL) {
                draft.flaw(field.label() + " is not a number");
                parser.skipChildren();
            } else {
                parser.skipChildren();
            }
        }
    }

    /** Tells what the record says; nothing if it is none of the platform's. */
    void tell(PlatformEvents events) {
        String id = draft.requestId();
        switch (type == null ? "" : type) {
            case "platform.report" -> draft.finish(false, events);
            case "platform.start" -> {
                if (id != null) {
                    events.started(id);
                }
            }
            case "platform.runtimeDone" -> {
                if (id != null) {
                    events.ended(id, LogFormat.JSON);
                }
            }
            case "platform.initReport" -> phase(PhaseReport.Kind.INIT, events);
            case "platform.restoreReport" -> phase(PhaseReport.Kind.RESTORE, events);
            default -> {
                // Another record, or the user's own object.
            }
        }
    }

    private void phase(PhaseReport.Kind kind, PlatformEvents events) {
        PhaseReport report = draft.finishPhase(kind, draft.durationMs());
        if (report != null) {
            events.phase(report);
        }
    }
}
