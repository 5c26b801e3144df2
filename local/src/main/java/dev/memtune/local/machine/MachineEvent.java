// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.machine;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Something that happened in an execution. The JSON in it is shared and must not be changed. */
public sealed interface MachineEvent {
    /** When it happened. */
    Instant time();

    /**
     * Where something happened.
     *
     * @param branch the Map iterations and Parallel branches around it, {@code Measure[3]} for instance; empty at the top
     * @param state the state's name
     */
    record Place(String branch, String state) {
        @Override
        public String toString() {
            return branch.isEmpty() ? state : branch + "/" + state;
        }
    }

    /** The execution begins. */
    record ExecutionStarted(Instant time, String name, JsonNode input) implements MachineEvent {}

    /** A state begins. */
    record StateEntered(Instant time, Place place, JsonNode input) implements MachineEvent {}

    /**
     * A state is done. Not sent for a state that fails.
     *
     * @param next the state after it; null if it ends its flow
     */
    record StateExited(
            Instant time,
            Place place,
            JsonNode output,
            @Nullable String next) implements MachineEvent {}

    /**
     * A task handler is called.
     *
     * @param retryCount how many retries there were before this call
     */
    record TaskStarted(Instant time, Place place, String resource, int retryCount) implements MachineEvent {}

    /**
     * A state failed and will be tried again.
     *
     * @param retryCount 1 for the first retry
     * @param delay the time until then
     */
    record RetryScheduled(
            Instant time,
            Place place,
            String error,
            @Nullable String cause,
            int retryCount,
            Duration delay) implements MachineEvent {}

    /**
     * A state failed and its Catch leads elsewhere.
     *
     * @param next where to
     */
    record ErrorCaught(
            Instant time,
            Place place,
            String error,
            @Nullable String cause,
            String next) implements MachineEvent {}

    /** The execution is over; the last event. */
    record ExecutionEnded(Instant time, ExecutionResult result) implements MachineEvent {}
}
