// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.machine.definition;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * States and where they start: the machine itself, a Map's processor or a branch of a Parallel.
 *
 * @param startAt the first state's name, present among the states
 * @param states by name, in the order of the file
 */
public record Flow(String startAt, Map<String, State> states) {
    public Flow {
        states = Collections.unmodifiableMap(new LinkedHashMap<>(states));
    }

    /**
     * The state of that name.
     *
     * @throws IllegalArgumentException if there is none, which a parsed definition rules out
     */
    public State state(String name) {
        State state = states.get(name);
        if (state == null) {
            throw new IllegalArgumentException("there is no state '" + name + "' among " + states.keySet());
        }
        return state;
    }
}
