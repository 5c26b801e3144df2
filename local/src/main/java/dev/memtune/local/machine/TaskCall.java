// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.machine;

import com.fasterxml.jackson.databind.JsonNode;
import dev.memtune.local.machine.data.Json;
import dev.memtune.local.machine.data.StateFailure;
import dev.memtune.local.machine.definition.State;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One call of a task handler in the calling thread, which is interrupted when the time is over. */
final class TaskCall {
    private final TaskHandler handler;
    private final Scope scope;
    private final Thread thread = Thread.currentThread();
    private boolean running = true;
    private boolean expired;

    TaskCall(TaskHandler handler, Scope scope) {
        this.handler = handler;
        this.scope = scope;
    }

    /**
     * Calls the handler.
     *
     * @param limit null for no time-out
     * @throws StateFailure if it fails, runs too long or returns no JSON
     */
    JsonNode run(byte[] input, Timer timer, @Nullable Duration limit) {
        scope.check();
        Timer.Alarm alarm = limit == null ? () -> {} : timer.alarm(limit, this::expire);
        byte[] output;
        try {
            output = handler.handle(input);
        } catch (Throwable e) {
            finish();
            throw failure(e);
        } finally {
            alarm.cancel();
        }
        finish();
        return parsed(output);
    }

    private synchronized void expire() {
        if (running) {
            expired = true;
            thread.interrupt();
        }
    }

    /** From here on no alarm interrupts; what an alarm or the handler left of an interruption is cleared. */
    @SuppressWarnings("ThreadInterrupted")
    private synchronized void finish() {
        running = false;
        Thread.interrupted();
        scope.check();
        if (expired) {
            throw new StateFailure(StateFailure.TIMEOUT, null);
        }
    }

    private static StateFailure failure(Throwable thrown) {
        return switch (thrown) {
            case TaskFailure failure ->
                new StateFailure(
                        fitting(failure.error(), State.Fail.MAX_ERROR_CHARS),
                        failure.errorCause() == null
                                ? null
                                : fitting(failure.errorCause(), State.Fail.MAX_CAUSE_CHARS));
            case Throwable other -> new StateFailure(other.getClass().getName(), ErrorDocument.of(other));
        };
    }

    /** A history event holds no more than this; what is longer ends in dots. */
    private static String fitting(String text, int maxChars) {
        return text.length() <= maxChars ? text : text.substring(0, maxChars - 3) + "...";
    }

    private static JsonNode parsed(byte[] output) {
        Json.limited(output, "The result of the task");
        try {
            return Json.parse(output);
        } catch (IOException e) {
            throw new StateFailure(
                    StateFailure.TASK_FAILED,
                    "The task must return one JSON value, got " + output.length + " bytes: " + e.getMessage());
        }
    }
}
