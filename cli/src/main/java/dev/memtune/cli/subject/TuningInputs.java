// SPDX-License-Identifier: Apache-2.0
package dev.memtune.cli.subject;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memtune.core.algorithm.AlgorithmPackage;
import dev.memtune.core.algorithm.TestEvent;
import dev.memtune.core.function.PowerValue;
import dev.memtune.core.wire.AlgorithmMetadata;
import dev.memtune.core.wire.Json;
import dev.memtune.core.wire.SearchPolicy;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Writes the input of a tuning as the state machine takes it: what the options say, else what the algorithm says, else what
 * a laptop can do in a minute. The rules about values are not here: Initialize has them, for every way in.
 */
public final class TuningInputs {
    private static final List<Integer> DEFAULT_POWER_VALUES = List.of(128, 256, 512, 1024, 1769);
    private static final int DEFAULT_INVOCATION_COUNT = 10;
    /** One environment may be luckier than another; a second one costs a cold start, which few invocations cannot spare. */
    private static final int LEAST_COUNT_FOR_A_SECOND_ENVIRONMENT = 6;

    private TuningInputs() {}

    /**
     * What the command line says; every member may be empty.
     *
     * @param powerValues memory sizes as they were typed
     * @param invocationCount {@code --num} as it was typed
     * @param members further members of the input, as they are
     * @param payload the event of {@code --payload}
     * @param concurrency {@code --parallel} as it was typed
     */
    public record Wishes(
            List<String> powerValues,
            Optional<String> invocationCount,
            Optional<String> policy,
            Optional<String> strategy,
            Optional<JsonNode> payload,
            Optional<String> concurrency,
            Optional<String> promoteAlias,
            ObjectNode members) {

        /** No wishes but an alias to promote: the algorithm's own settings. */
        public static Wishes promoting(String alias) {
            return new Wishes(
                    List.of(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(alias),
                    Json.mapper().createObjectNode());
        }
    }

    /**
     * The input for an algorithm that was deployed to the embedded service.
     *
     * @param file what a file says, for whatever the command line leaves open
     */
    public static ObjectNode forAlgorithm(AlgorithmPackage algorithm, Optional<ObjectNode> file, Wishes wishes) {
        ObjectNode input = forFile(file.orElseGet(() -> Json.mapper().createObjectNode()), algorithm.name(), wishes);
        AlgorithmMetadata metadata = algorithm.metadata();
        if (!input.has("powerValues")) {
            List<Integer> own =
                    metadata.memoryValues().stream().map(PowerValue::memoryMB).toList();
            putSizes(input, own.isEmpty() ? DEFAULT_POWER_VALUES : own);
        }
        putPolicy(input, metadata.policy());
        if (!input.has("num") && metadata.invocationCount().isPresent()) {
            input.put("num", metadata.invocationCount().getAsInt());
        }
        putNumber(input);
        boolean isLimited = input.has("maxDurationMs") || input.has("maxCostPerMillion"); // They say what is best.
        if (!input.has("strategy") && !isLimited && metadata.strategy().isPresent()) {
            input.put("strategy", metadata.strategy().get().wireName());
        }
        if (!input.has("payload") && !input.has("payloadS3")) {
            putEvents(input, algorithm.testEvents());
        }
        if (!input.has("concurrency") && !input.has("parallelInvocation")) {
            boolean second = input.path("num").asInt(Integer.MAX_VALUE) >= LEAST_COUNT_FOR_A_SECOND_ENVIRONMENT;
            input.put(
                    "concurrency", (second ? 2 : 1) * input.path("powerValues").size());
            input.put("parallelInvocation", second);
        }
        return input;
    }

    /** The input for a function that is deployed already; its payload must be among the wishes. */
    public static ObjectNode forDeployed(String function, Wishes wishes) {
        ObjectNode input = common(function, wishes);
        if (!input.has("powerValues")) {
            putSizes(input, DEFAULT_POWER_VALUES);
        }
        putPolicy(input, Optional.empty());
        putNumber(input);
        return input;
    }

    private static void putPolicy(ObjectNode input, Optional<String> own) {
        if (!input.has("policy")) {
            input.put("policy", own.orElse(SearchPolicy.STANDARD.wireName()));
        }
    }

    private static void putNumber(ObjectNode input) {
        if (!input.has("num") && !isSearch(input)) {
            input.put("num", DEFAULT_INVOCATION_COUNT);
        }
    }

    private static boolean isSearch(JsonNode input) {
        return SearchPolicy.of(input.path("policy").asText())
                .map(SearchPolicy::isSearch)
                .orElse(false);
    }

    /**
     * The input of a file, with what the command line says instead; no defaults but the state machine's own.
     *
     * @param function replaces the file's; empty if the command line names none
     */
    public static ObjectNode forFile(ObjectNode file, String function, Wishes wishes) {
        ObjectNode said = common(function, wishes);
        if (function.isEmpty()) {
            said.remove("lambdaARN");
        }
        return file.deepCopy().setAll(said);
    }

    private static ObjectNode common(String function, Wishes wishes) {
        ObjectNode input = Json.mapper().createObjectNode();
        input.put("lambdaARN", function);
        if (!wishes.powerValues().isEmpty()) {
            ArrayNode sizes = input.putArray("powerValues");
            wishes.powerValues().forEach(value -> sizes.add(numberOrText(value)));
        }
        wishes.invocationCount().ifPresent(value -> input.set("num", numberOrText(value)));
        boolean isExact =
                !wishes.powerValues().isEmpty() && wishes.invocationCount().isPresent();
        // Sizes and number both named is the wish for exactly these; whoever leaves one open leaves it to a search.
        wishes.policy()
                .or(() -> isExact ? Optional.of(SearchPolicy.EXHAUSTIVE.wireName()) : Optional.empty())
                .ifPresent(policy -> input.put("policy", policy));
        wishes.strategy().ifPresent(value -> input.put("strategy", value));
        wishes.payload().ifPresent(value -> input.set("payload", value));
        wishes.concurrency().ifPresent(value -> {
            input.set("concurrency", numberOrText(value));
            input.put("parallelInvocation", true);
        });
        wishes.promoteAlias().ifPresent(alias -> {
            input.put("autoOptimize", true);
            input.put("autoOptimizeAlias", alias);
        });
        input.setAll(wishes.members());
        return input;
    }

    /** A number where it is one, so that the checks downstream see what was meant; else the text, which they refuse. */
    private static JsonNode numberOrText(String value) {
        return value.strip().matches("-?\\d{1,9}")
                ? Json.mapper().getNodeFactory().numberNode(Integer.parseInt(value.strip()))
                : Json.mapper().getNodeFactory().textNode(value);
    }

    private static void putSizes(ObjectNode input, List<Integer> sizes) {
        ArrayNode array = input.putArray("powerValues");
        sizes.forEach(array::add);
    }

    private static void putEvents(ObjectNode input, List<TestEvent> events) {
        if (events.isEmpty()) {
            input.putObject("payload");
            return;
        }
        ArrayNode payloads = input.putArray("payload");
        for (TestEvent event : events) {
            ObjectNode payload = payloads.addObject();
            payload.put("name", event.name());
            payload.put("weight", 1);
            payload.set("payload", Json.tree(event.json().getBytes(StandardCharsets.UTF_8)));
        }
    }
}
