// SPDX-License-Identifier: Apache-2.0
package dev.memtune.tests.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.memtune.local.machine.Execution;
import dev.memtune.local.machine.ExecutionResult;
import dev.memtune.local.machine.MachineListener;
import dev.memtune.local.machine.Runner;
import dev.memtune.local.machine.Settings;
import dev.memtune.local.machine.data.Json;
import dev.memtune.local.machine.definition.StateMachine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * How fast the interpreter goes through a Map of 1,000 Pass iterations, and how much it holds for them, beside deep copies
 * of the same items by Jackson: the least that an interpreter without sharing would do.
 */
public final class RunnerBenchmark {
    private static final int ITEMS = 1_000;
    private static final int WARM_UPS = 30;
    private static final int ROUNDS = 51;
    private static final int COPIES = 50;
    /** The Map itself, and a Pass for each item. */
    private static final int TRANSITIONS = ITEMS + 1;

    private static final String DEFINITION = """
            {"StartAt": "M", "States": {"M": {"Type": "Map", "End": true, "MaxConcurrency": 40, "ItemProcessor": {
              "StartAt": "P", "States": {"P": {"Type": "Pass", "End": true}}}}}}""";

    private RunnerBenchmark() {}

    /** Prints the figures; takes no arguments. */
    public static void main(String[] arguments) throws Exception {
        JsonNode items = items();
        String input = Json.text(items);
        Runner runner = new Runner(
                StateMachine.parse(DEFINITION), Map.of(), Settings.system("benchmark", MachineListener.NONE));
        double mapNs = medianNs(() -> succeeded(runner.start("run", input)));
        double copyNs = medianNs(() -> copies(items, COPIES)) / COPIES;
        System.out.printf(
                "map of %,d Pass iterations: median %.2f ms, %,.0f transitions/s%n",
                ITEMS, mapNs / 1e6, TRANSITIONS / (mapNs / 1e9));
        System.out.printf(
                "baseline, a deep copy of the same items: median %.3f ms; ratio %.1f%n", copyNs / 1e6, mapNs / copyNs);
        System.out.printf(
                "held per iteration: %,d bytes of results of an ended execution; a deep copy of an item: %,d bytes%n",
                heldBytes(() -> succeeded(runner.start("run", input))), heldBytes(() -> copies(items, 1)));
    }

    private static JsonNode items() throws IOException {
        ArrayNode items = JsonNodeFactory.instance.arrayNode();
        for (int i = 0; i < ITEMS; i++) {
            items.add(Json.parse("{\"arm\":" + i + ",\"version\":\"17\",\"memoryMB\":[128,256,512],\"run\":\"r-1\"}"));
        }
        return items;
    }

    private static Object succeeded(Execution execution) throws InterruptedException {
        ExecutionResult result = execution.await();
        if (result instanceof ExecutionResult.Succeeded) {
            return result;
        }
        throw new IllegalStateException("the benchmark's machine must succeed, got: " + result);
    }

    private static Object copies(JsonNode items, int count) {
        List<JsonNode> copies = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            copies.add(items.deepCopy());
        }
        return copies;
    }

    private static double medianNs(Callable<Object> body) throws Exception {
        long[] ns = new long[ROUNDS];
        for (int i = -WARM_UPS; i < ROUNDS; i++) {
            long start = System.nanoTime();
            body.call();
            ns[Math.max(i, 0)] = System.nanoTime() - start;
        }
        Arrays.sort(ns);
        return ns[ROUNDS / 2];
    }

    /** What stays in the heap per item while the value is held. */
    private static long heldBytes(Callable<Object> body) throws Exception {
        long before = usedBytes();
        Object held = body.call();
        long after = usedBytes();
        if (held.hashCode() == 0) {
            System.out.print("");
        }
        return (after - before) / ITEMS;
    }

    private static long usedBytes() throws InterruptedException {
        for (int i = 0; i < 5; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
