// SPDX-License-Identifier: Apache-2.0
package dev.memtune.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memtune.core.search.Planners;
import dev.memtune.core.wire.Json;
import dev.memtune.core.wire.TuningInput;
import java.util.stream.Collectors;

/**
 * What a tuning on the embedded service may take at most: nothing that is paid for.
 *
 * @param name the algorithm's
 * @param input checked
 */
record LocalPlan(String name, TuningInput input) {
    private long invocationsMax() {
        long sizes = input.powerValues().size() + (long) Planners.mostExtraSizes(input);
        Integer limit = input.limits().maxInvocations();
        return Math.min(sizes * Planners.mostPerSize(input), limit == null ? Long.MAX_VALUE : limit);
    }

    String line() {
        String sizes = input.powerValues().stream().map(String::valueOf).collect(Collectors.joining(", "));
        return "Plan for " + name + ": " + sizes + " MB, at most " + invocationsMax()
                + " invocations on the embedded service of this machine; nothing is paid for";
    }

    ObjectNode document() {
        ObjectNode document = Json.mapper().createObjectNode();
        ObjectNode members = document.putObject("plan").put("function", name).put("host", "embedded");
        input.powerValues().forEach(members.putArray("powerValues")::add);
        members.put("invocationsMax", invocationsMax())
                .put("policy", input.policy().wireName());
        return document;
    }
}
