// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memtune.local.model.Curve;
import dev.memtune.local.model.FunctionModel;
import dev.memtune.local.model.ModelCurve;
import dev.memtune.local.model.RecordedCurve;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Models as JSON. */
final class ModelDocument {
    private static final double MS_MAX = 1e9;
    private static final int MB_MAX = 10_240;
    private static final int MB_MIN = 128;

    private ModelDocument() {}

    static FunctionModel read(Members members) {
        FunctionModel model = new FunctionModel(
                curve(members),
                members.number("failureRate", 0, 1).orElse(0.0),
                members.text("failureType").orElse("ModelledError"),
                members.number("recycleRate", 0, 1).orElse(0.0),
                members.number("pace", 0, 10).orElse(0.0),
                members.integer("seed", Long.MIN_VALUE, Long.MAX_VALUE).orElse(1L));
        members.done();
        return model;
    }

    private static Curve curve(Members members) {
        double initMs = members.number("initMs", 0, MS_MAX).orElse(0.0);
        int usedMB = Math.toIntExact(members.integer("usedMB", 0, MB_MAX).orElse(64L));
        return members.object("samplesMs")
                .<Curve>map(samples -> new RecordedCurve(samples(samples), initMs, usedMB))
                .orElseGet(() -> new ModelCurve(
                        members.number("workMs", 0, MS_MAX).orElse(0.0),
                        members.number("waitMs", 0, MS_MAX).orElse(0.0),
                        initMs,
                        members.number("noise", 0, 10).orElse(0.0),
                        usedMB));
    }

    private static NavigableMap<Integer, List<Double>> samples(Members members) {
        NavigableMap<Integer, List<Double>> samples = new TreeMap<>();
        for (String size : members.names()) {
            if (!size.matches("\\d{3,5}") || Integer.parseInt(size) < MB_MIN || Integer.parseInt(size) > MB_MAX) {
                throw Refusal.member("samplesMs", "must have memory sizes from 128 to 10240 as names", size);
            }
            samples.put(Integer.parseInt(size), members.numbers(size, 0, MS_MAX));
        }
        return samples;
    }

    static ObjectNode write(FunctionModel model) {
        ObjectNode json = Members.MAPPER.createObjectNode();
        switch (model.curve()) {
            case ModelCurve stated ->
                json.put("workMs", stated.workMs())
                        .put("waitMs", stated.waitMs())
                        .put("noise", stated.noise());
            case RecordedCurve recorded -> {
                ObjectNode sizes = json.putObject("samplesMs");
                recorded.samplesMs()
                        .forEach((size, samples) -> samples.forEach(sizes.withArray(Integer.toString(size))::add));
            }
        }
        return json.put("initMs", model.curve().initMs())
                .put("usedMB", model.curve().usedMB())
                .put("failureRate", model.failureRate())
                .put("failureType", model.failureType())
                .put("recycleRate", model.recycleRate())
                .put("pace", model.pace())
                .put("seed", model.seed());
    }
}
