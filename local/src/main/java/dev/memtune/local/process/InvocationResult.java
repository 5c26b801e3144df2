// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.process;

import java.util.Objects;
import java.util.Optional;

/**
 * How an invocation ended.
 *
 * @param payload the function's response, or AWS's error document when {@code functionError} is present
 * @param functionError the value of {@code X-Amz-Function-Error}, {@code Unhandled} for every error of a managed runtime
 * @param log everything this invocation logged, platform lines (START, END, REPORT) included, UTF-8; bounded by the runner
 * @param logStream the log stream of the environment that ran it; empty if the caller is to choose one
 */
public record InvocationResult(byte[] payload, Optional<String> functionError, byte[] log, String logStream) {
    /** Checks that nothing is null. */
    public InvocationResult {
        Objects.requireNonNull(payload, "payload");
        Objects.requireNonNull(functionError, "functionError");
        Objects.requireNonNull(log, "log");
        Objects.requireNonNull(logStream, "logStream");
    }

    /** A result whose log goes to any stream. */
    public InvocationResult(byte[] payload, Optional<String> functionError, byte[] log) {
        this(payload, functionError, log, "");
    }
}
