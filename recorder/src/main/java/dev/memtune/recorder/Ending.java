// SPDX-License-Identifier: Apache-2.0
package dev.memtune.recorder;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.memtune.core.change.OutOfTime;
import dev.memtune.core.failure.BadInput;
import dev.memtune.core.failure.Busy;
import dev.memtune.core.failure.Cancelled;
import dev.memtune.core.failure.Full;
import dev.memtune.core.failure.Queued;
import dev.memtune.core.failure.Rejected;
import dev.memtune.core.failure.TuningFailure;
import dev.memtune.core.failure.Undecided;
import dev.memtune.core.port.LambdaFault;
import dev.memtune.core.run.Outcome;
import dev.memtune.core.run.StaleToken;
import dev.memtune.core.wire.Failure;
import dev.memtune.core.wire.Json;

/**
 * A failure of a step, as the state machine caught it.
 *
 * @param type the exception's class name, or the state machine's own name such as {@code States.Timeout}
 * @param message what it said
 */
record Ending(String type, String message) {
    private static final String OUR_FAILURES = TuningFailure.class.getPackageName() + ".";

    /** Reads a caught failure; its cause is the error document of a Lambda function, or a text. */
    static Ending of(Failure failure) {
        return new Ending(failure.error(), message(failure.cause()));
    }

    private static String message(String cause) {
        try {
            JsonNode message = Json.mapper().readTree(cause).path("errorMessage");
            return message.isTextual() ? message.textValue() : cause;
        } catch (JsonProcessingException e) {
            // Not a document: Step Functions' own causes are plain text.
            return cause;
        }
    }

    /** The class name without its package. */
    String name() {
        return type.substring(Math.max(type.lastIndexOf('.'), type.lastIndexOf('$')) + 1);
    }

    /** What the failure amounts to when the function is as it was before. */
    Outcome outcome(boolean isCancelRequested) {
        if (is(BadInput.class)) {
            return Outcome.BAD_INPUT;
        }
        if (is(Rejected.class)) {
            return Outcome.REJECTED;
        }
        if (is(Undecided.class)) {
            return Outcome.UNDECIDED;
        }
        if (is(Busy.class) || is(Queued.class) || is(Full.class)) {
            return Outcome.BUSY;
        }
        if (is(Cancelled.class) || isCancelRequested) {
            return Outcome.INTERRUPTED;
        }
        return isForeseen() ? Outcome.FAILED : Outcome.UNEXPECTED;
    }

    private boolean is(Class<? extends TuningFailure> failure) {
        return type.equals(failure.getName());
    }

    /** Whether this is the world's doing rather than a defect of ours. */
    private boolean isForeseen() {
        return type.startsWith(OUR_FAILURES)
                || type.startsWith(LambdaFault.class.getName())
                || type.equals(OutOfTime.class.getName())
                || type.equals(StaleToken.class.getName())
                || type.startsWith("States.")
                || type.startsWith("Lambda.");
    }
}
