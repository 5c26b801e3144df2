// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.process;

/** What a function's process tells its host. All times are {@link System#nanoTime} values. */
sealed interface RuntimeEvent {
    /** When it happened. */
    long nanos();

    /** The process asks for its next invocation. */
    record Ready(long nanos) implements RuntimeEvent {}

    /** The handler's response. */
    record Responded(byte[] payload, long nanos) implements RuntimeEvent {}

    /** The handler's error, as the runtime reported it. */
    record Failed(String errorType, byte[] payload, long nanos) implements RuntimeEvent {}

    /** The runtime could not load the handler. */
    record InitFailed(String errorType, byte[] payload, long nanos) implements RuntimeEvent {}

    /** The process has ended; {@code status} is its exit status, 128 and the signal's number for a killed one. */
    record Exited(int status, long nanos) implements RuntimeEvent {}
}
