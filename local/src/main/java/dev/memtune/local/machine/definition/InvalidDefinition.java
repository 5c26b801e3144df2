// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.machine.definition;

import java.util.List;

/** A definition that is not interpreted, with everything that is wrong with it. */
public final class InvalidDefinition extends RuntimeException {
    private final transient List<String> problems;

    /**
     * Refuses a definition.
     *
     * @param problems at least one; each says where, which rule and what was found
     */
    public InvalidDefinition(List<String> problems) {
        super("The state machine is refused, " + problems.size() + " problem(s):\n  " + String.join("\n  ", problems));
        this.problems = List.copyOf(problems);
    }

    /** Every problem, in the order of the file. */
    public List<String> problems() {
        return problems;
    }
}
