// SPDX-License-Identifier: Apache-2.0
package dev.memtune.cli.subject;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memtune.core.algorithm.AlgorithmPackage;
import dev.memtune.core.algorithm.TestEvent;
import dev.memtune.core.function.PowerValue;
import dev.memtune.core.wire.AlgorithmMetadata;
import dev.memtune.core.wire.Json;
import dev.memtune.core.wire.Strategy;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
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
     * @param payload the event of {@code --payload}
     * @param concurrency {@code --parallel} as it was typed
     * @param money what costs are counted with
     */
    public record Wishes(
            List<String> powerValues,
            Optional<String> invocationCount,
            Optional<String> strategy,
            Optional<JsonNode> payload,
            Optional<String> concurrency,
            Optional<String> promoteAlias,
            Money money) {

        /** No wishes but an alias to promote: the algorithm's own settings. */
        public static Wishes promoting(String alias) {
            return new Wishes(
                    List.of(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(alias),
                    Money.UNSTATED);
        }
    }

    /**
     * What the command line says of money, as it was typed.
     *
     * @param callsPerMonth {@code --calls-per-month}
     * @param coldStartShare {@code --cold-start-share}, a number or {@code logs}
     * @param priceOverride {@code --price-override}, two numbers with a comma between
     */
    public record Money(
            Optional<String> callsPerMonth, Optional<String> coldStartShare, Optional<String> priceOverride) {
        /** Nothing is said. */
        public static final Money UNSTATED = new Money(Optional.empty(), Optional.empty(), Optional.empty());

        private void putInto(ObjectNode input) {
            callsPerMonth.ifPresent(calls -> input.set("callsPerMonth", amountOrText(calls)));
            coldStartShare.ifPresent(share -> input.set("coldStartShare", amountOrText(share)));
            priceOverride.ifPresent(rates -> input.set("priceOverride", override(rates)));
        }

        /** Anything else than two rates stays the text that it is, which the checks downstream refuse. */
        private static JsonNode override(String rates) {
            List<JsonNode> amounts = Arrays.stream(rates.split(",", -1))
                    .map(TuningInputs::amountOrText)
                    .toList();
            if (amounts.size() != 2 || !amounts.stream().allMatch(JsonNode::isNumber)) {
                return Json.mapper().getNodeFactory().textNode(rates);
            }
            ObjectNode override = Json.mapper().createObjectNode();
            override.set("perGbSecond", amounts.getFirst());
            override.set("perMillionRequests", amounts.getLast());
            return override;
        }
    }

    /** The input for an algorithm that was deployed to the embedded service. */
    public static ObjectNode forAlgorithm(AlgorithmPackage algorithm, Wishes wishes) {
        ObjectNode input = common(algorithm.name(), wishes);
        AlgorithmMetadata metadata = algorithm.metadata();
        if (!input.has("powerValues")) {
            List<Integer> own =
                    metadata.memoryValues().stream().map(PowerValue::memoryMB).toList();
            putSizes(input, own.isEmpty() ? DEFAULT_POWER_VALUES : own);
        }
        if (!input.has("num")) {
            input.put("num", metadata.invocationCount().orElse(DEFAULT_INVOCATION_COUNT));
        }
        if (!input.has("strategy")) {
            input.put("strategy", metadata.strategy().orElse(Strategy.COST).wireName());
        }
        if (!input.has("payload")) {
            putEvents(input, algorithm.testEvents());
        }
        if (!input.has("concurrency")) {
            boolean second = input.path("num").asInt() >= LEAST_COUNT_FOR_A_SECOND_ENVIRONMENT;
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
        if (!input.has("num")) {
            input.put("num", DEFAULT_INVOCATION_COUNT);
        }
        return input;
    }

    private static ObjectNode common(String function, Wishes wishes) {
        ObjectNode input = Json.mapper().createObjectNode();
        input.put("lambdaARN", function);
        if (!wishes.powerValues().isEmpty()) {
            ArrayNode sizes = input.putArray("powerValues");
            wishes.powerValues().forEach(value -> sizes.add(numberOrText(value)));
        }
        wishes.invocationCount().ifPresent(value -> input.set("num", numberOrText(value)));
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
        wishes.money().putInto(input);
        return input;
    }

    /** A number where it is one, so that the checks downstream see what was meant; else the text, which they refuse. */
    private static JsonNode numberOrText(String value) {
        return value.strip().matches("-?\\d{1,9}")
                ? Json.mapper().getNodeFactory().numberNode(Integer.parseInt(value.strip()))
                : Json.mapper().getNodeFactory().textNode(value);
    }

    private static JsonNode amountOrText(String value) {
        String number = value.strip();
        JsonNodeFactory nodes = Json.mapper().getNodeFactory();
        if (number.matches("-?\\d{1,18}")) {
            return nodes.numberNode(Long.parseLong(number));
        }
        return number.matches("-?\\d{1,18}(?:\\.\\d{1,18})?(?:[eE]-?\\d{1,2})?") ? nodes.numberNode(new BigDecimal(number)) : nodes.textNode(value);
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
