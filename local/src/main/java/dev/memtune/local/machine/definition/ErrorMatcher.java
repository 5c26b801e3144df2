// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.machine.definition;

import static dev.memtune.local.machine.data.StateFailure.DATA_LIMIT_EXCEEDED;
import static dev.memtune.local.machine.data.StateFailure.RUNTIME;
import static dev.memtune.local.machine.data.StateFailure.TASK_FAILED;
import static dev.memtune.local.machine.data.StateFailure.TIMEOUT;

import java.util.List;

/**
 * The error names of a Retry or Catch entry. Wildcards as documented: <a
 * href="https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html">States.ALL does not catch
 * States.DataLimitExceeded nor States.Runtime; States.TaskFailed matches any error but States.Timeout; States.Runtime is
 * never retried and always fails the execution</a>.
 *
 * @param names as written
 */
public record ErrorMatcher(List<String> names) {
    /** The wildcard that must stand alone, in the last entry. */
    public static final String ALL = "States.ALL";

    public ErrorMatcher {
        names = List.copyOf(names);
    }

    /** True if an entry with these names handles that error. */
    public boolean matches(String error) {
        if (error.equals(RUNTIME)) {
            return false;
        }
        if (names.contains(error)) {
            return true;
        }
        boolean isWildcardProof = error.equals(DATA_LIMIT_EXCEEDED);
        return !isWildcardProof && (names.contains(ALL) || (names.contains(TASK_FAILED) && !error.equals(TIMEOUT)));
    }

    /** True if it is the wildcard for all errors. */
    public boolean isAll() {
        return names.contains(ALL);
    }
}
