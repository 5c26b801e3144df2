// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.machine.definition;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What one parse collects over all its parsers. */
final class Findings {
    private final List<String> problems = new ArrayList<>();
    private final Set<String> stateNames = new HashSet<>();
    private final Map<String, String> resources = new LinkedHashMap<>();

    void problem(String where, String what) {
        problems.add(where + ": " + what);
    }

    /** True if the name is new; names are unique over all flows of a machine. */
    boolean isNewState(String name) {
        return stateNames.add(name);
    }

    void resource(String state, String arn) {
        resources.put(state, arn);
    }

    List<String> problems() {
        return problems;
    }

    Map<String, String> resources() {
        return resources;
    }
}
