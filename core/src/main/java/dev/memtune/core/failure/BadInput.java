// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.failure;

import java.util.List;
import java.util.stream.Collectors;

/** The input breaks rules; nothing was touched or paid for. Lists every problem, not only the first. */
public final class BadInput extends TuningFailure {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    /** @param problems at least one */
    public BadInput(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        if (problems.isEmpty()) {
            throw new IllegalArgumentException("problems must not be empty, got: []");
        }
        this.problems = List.copyOf(problems);
    }

    /** What is wrong, in the order of the input. */
    public List<Problem> problems() {
        return problems;
    }
}
