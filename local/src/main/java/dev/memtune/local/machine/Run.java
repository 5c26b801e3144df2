// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.machine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memtune.local.machine.data.Json;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;

/**
 * What all states of one execution share.
 *
 * @param handlers the tasks, by resource
 * @param settings what surrounds the execution
 * @param history the events
 * @param context the context object's parts that never change
 */
record Run(Map<String, TaskHandler> handlers, Settings settings, History history, ObjectNode context) {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    static Run of(Map<String, TaskHandler> handlers, Settings settings, String name, JsonNode input) {
        ObjectNode context = Json.object();
        context.putObject("Execution")
                .put("Id", settings.executionArn(name))
                .put("Name", name)
                .put("StartTime", time(settings.timer().instant()))
                .put("RedriveCount", 0)
                .set("Input", input);
        context.putObject("StateMachine").put("Id", settings.machineArn()).put("Name", settings.machineName());
        return new Run(handlers, settings, new History(settings.listener()), context);
    }

    Instant now() {
        return settings.timer().instant();
    }

    static String time(Instant instant) {
        return TIME.format(instant);
    }
}
