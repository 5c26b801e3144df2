// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memtune.local.service.Call;
import dev.memtune.local.service.Extension.Answer;
import dev.memtune.local.service.Extension.Question;
import java.nio.charset.StandardCharsets;

/** The recording: a JSON object per line. */
final class CallsResource implements Resource {
    private final Recording recording;

    CallsResource(Recording recording) {
        this.recording = recording;
    }

    @Override
    public Answer answer(Question question) {
        return switch (question.method()) {
            case "GET" -> lines(question);
            case "DELETE" -> {
                recording.clear();
                yield Resource.done();
            }
            default -> throw Resource.notAllowed(question, "GET, DELETE");
        };
    }

    private Answer lines(Question question) {
        String after = question.parameter("after").orElse("0");
        if (!after.matches("\\d{1,18}")) {
            throw Refusal.member("after", "must be a sequence number", after);
        }
        StringBuilder lines = new StringBuilder();
        recording.after(Long.parseLong(after)).forEach(call -> lines.append(json(call))
                .append('\n'));
        return new Answer(OK, "application/x-ndjson", lines.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static ObjectNode json(Recording.Recorded recorded) {
        Recording.Entry entry = recorded.entry();
        Call call = entry.call();
        ObjectNode line = Members.MAPPER
                .createObjectNode()
                .put("sequence", entry.sequence())
                .put("at", entry.at().toString())
                .put("accessKeyId", call.accessKeyId())
                .put("operation", call.operation())
                .put("function", call.resource());
        call.qualifier().ifPresent(qualifier -> line.put("qualifier", qualifier));
        line.put("requestId", call.requestId())
                .put("requestBytes", call.body().length)
                .put("status", recorded.status())
                .put("ms", Math.round(recorded.took().toNanos() / 1e3) / 1e3);
        if (!recorded.errorCode().isEmpty()) {
            line.put("error", recorded.errorCode());
        }
        if (!entry.planned().isEmpty()) {
            line.put("planned", entry.planned());
        }
        if (!entry.body().isEmpty()) {
            line.put("body", entry.body());
        }
        return line;
    }
}
