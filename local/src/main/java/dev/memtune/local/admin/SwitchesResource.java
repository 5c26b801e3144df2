// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memtune.local.function.Windows;
import dev.memtune.local.service.Extension.Answer;
import dev.memtune.local.service.Extension.Question;
import dev.memtune.local.service.Quotas;
import dev.memtune.local.service.Switches;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** Windows, delays, quotas and throttles: what is left out of a change stays as it is. */
final class SwitchesResource implements Resource {
    private static final long MS_MAX = 3_600_000;
    private static final long BYTES_MAX = 1L << 50;
    private static final double RATE_MAX = 1e6;

    private final Switches switches;
    private final Throttle throttle;
    private final Recording recording;
    private final Windows windowsAtStart;
    private final Quotas quotasAtStart;

    SwitchesResource(Switches switches, Throttle throttle, Recording recording) {
        this.switches = switches;
        this.throttle = throttle;
        this.recording = recording;
        this.windowsAtStart = switches.windows();
        this.quotasAtStart = switches.quotas();
    }

    @Override
    public Answer answer(Question question) throws IOException {
        return switch (question.method()) {
            case "GET" -> Resource.json(OK, json());
            case "PATCH" -> {
                change(Members.parse(question.body()));
                yield Resource.json(OK, json());
            }
            default -> throw Resource.notAllowed(question, "GET, PATCH");
        };
    }

    /** Sets everything as it was when the service started. */
    void reset() {
        switches.windows(windowsAtStart);
        switches.quotas(quotasAtStart);
        switches.roundTrip(Duration.ZERO);
        throttle.limits(Map.of());
        recording.bodies(false);
    }

    /** Reads all of it before it changes anything. */
    private void change(Members members) {
        Windows windows = new Windows(
                ms(members, "activationMs", switches.windows().activation()),
                ms(members, "updateMs", switches.windows().update()),
                ms(members, "snapshotMs", switches.windows().snapshot()));
        Duration roundTrip = ms(members, "roundTripMs", switches.roundTrip());
        Quotas quotas = members.object("quotas").map(this::quotas).orElse(switches.quotas());
        Map<String, Double> limits =
                members.object("callsPerSecond").map(SwitchesResource::limits).orElse(throttle.limits());
        boolean bodies = members.flag("recordBodies").orElse(recording.bodies());
        members.done();
        switches.windows(windows);
        switches.roundTrip(roundTrip);
        switches.quotas(quotas);
        throttle.limits(limits);
        recording.bodies(bodies);
    }

    private static Duration ms(Members members, String name, Duration present) {
        return members.integer(name, 0, MS_MAX).map(Duration::ofMillis).orElse(present);
    }

    private Quotas quotas(Members members) {
        Quotas present = switches.quotas();
        Quotas changed = new Quotas(
                integer(members, "memoryMB", present.memoryMB()),
                integer(members, "concurrentExecutions", present.concurrentExecutions()),
                integer(members, "unreservedMinimum", present.unreservedMinimum()),
                members.integer("zippedBytes", 1, BYTES_MAX).orElse(present.zippedBytes()),
                members.integer("unzippedBytes", 1, BYTES_MAX).orElse(present.unzippedBytes()),
                members.integer("totalCodeBytes", 1, BYTES_MAX).orElse(present.totalCodeBytes()),
                integer(members, "concurrentSnapshots", present.concurrentSnapshots()));
        members.done();
        return changed;
    }

    private static int integer(Members members, String name, int present) {
        return Math.toIntExact(members.integer(name, 0, Integer.MAX_VALUE).orElse((long) present));
    }

    private static Map<String, Double> limits(Members members) {
        Map<String, Double> limits = new TreeMap<>();
        for (String operation : members.names()) {
            members.number(operation, 0, RATE_MAX).ifPresent(limit -> limits.put(operation, limit));
        }
        return limits;
    }

    private ObjectNode json() {
        ObjectNode json = Members.MAPPER
                .createObjectNode()
                .put("activationMs", switches.windows().activation().toMillis())
                .put("updateMs", switches.windows().update().toMillis())
                .put("snapshotMs", switches.windows().snapshot().toMillis())
                .put("roundTripMs", switches.roundTrip().toMillis());
        Quotas quotas = switches.quotas();
        json.putObject("quotas")
                .put("memoryMB", quotas.memoryMB())
                .put("concurrentExecutions", quotas.concurrentExecutions())
                .put("unreservedMinimum", quotas.unreservedMinimum())
                .put("zippedBytes", quotas.zippedBytes())
                .put("unzippedBytes", quotas.unzippedBytes())
                .put("totalCodeBytes", quotas.totalCodeBytes())
                .put("concurrentSnapshots", quotas.concurrentSnapshots());
        ObjectNode limits = json.putObject("callsPerSecond");
        throttle.limits().forEach(limits::put);
        return json.put("recordBodies", recording.bodies());
    }
}
