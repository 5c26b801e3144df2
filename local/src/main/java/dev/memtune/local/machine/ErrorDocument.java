// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.machine;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memtune.local.machine.data.Json;
import java.util.Arrays;

/**
 * The error document of the Lambda runtime for Java, which becomes a failed task's Cause. Source: <a
 * href="https://docs.aws.amazon.com/lambda/latest/dg/java-exceptions.html">AWS Lambda function errors in Java</a>.
 */
final class ErrorDocument {
    /** Keeps the document, with a long message, within the 32,768 characters of a Cause. */
    private static final int MAX_FRAMES = 32;

    private static final int MAX_FRAME_CHARS = 256;
    private static final int MAX_MESSAGE_CHARS = 4_096;

    private ErrorDocument() {}

    static String of(Throwable thrown) {
        ObjectNode document = Json.object();
        document.put("errorMessage", thrown.getMessage() == null ? null : cut(thrown.getMessage(), MAX_MESSAGE_CHARS));
        document.put("errorType", thrown.getClass().getName());
        ArrayNode frames = document.putArray("stackTrace");
        Arrays.stream(thrown.getStackTrace())
                .limit(MAX_FRAMES)
                .forEach(frame -> frames.add(cut(frame.toString(), MAX_FRAME_CHARS)));
        return Json.text(document);
    }

    private static String cut(String text, int maxChars) {
        return text.length() <= maxChars ? text : text.substring(0, maxChars - 3) + "...";
    }
}
