// SPDX-License-Identifier: Apache-2.0
package dev.memtune.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memtune.core.algorithm.TestEvent;
import dev.memtune.core.failure.BadInput;
import dev.memtune.core.failure.Problem;
import dev.memtune.core.wire.Json;
import dev.memtune.core.wire.TuningInputReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes the input of a check as the state machine takes it. What cannot be read as it should stays a text, which the rules
 * for the input refuse under the option's name.
 */
final class CheckInputs {
    private static final Pattern PERCENT = Pattern.compile("(\\d{1,4}(?:\\.\\d{1,6})?) ?%");
    private static final Pattern TIME = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,6})?) ?(ms|s|)");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}(?:\\.\\d{1,9})?");
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final BigDecimal MS_PER_SECOND = BigDecimal.valueOf(1_000);

    private static final Map<String, String> OPTIONS = Map.ofEntries(
            Map.entry("lambdaARN", "TARGET"),
            Map.entry("num", "--num"),
            Map.entry("payload", "--payload"),
            Map.entry("concurrency", "--parallel"),
            Map.entry("autoOptimizeAlias", "--promote-on-pass"),
            Map.entry("check.candidate", "TARGET"),
            Map.entry("check.baseline", "--baseline"),
            Map.entry("check.maxCostIncrease", "--max-cost-increase"),
            Map.entry("check.maxDurationIncrease", "--max-duration-increase"),
            Map.entry("check.p95Ms", "--p95"),
            Map.entry("check.maxCostPerMillion", "--max-cost-per-million"),
            Map.entry("check.confidence", "--confidence"),
            Map.entry("check.undecided", "--undecided"));
    private static final Map<String, String> REMEDIES = Map.of(
            "--max-cost-increase", "Write a per cent, such as 5%",
            "--max-duration-increase", "Write a per cent, such as 10%",
            "--confidence", "Write a per cent from 60% to 99.9%, such as 95%",
            "--p95", "Write a time, such as 300ms");

    private CheckInputs() {}

    /** @param function its name or ARN, possibly qualified */
    static ObjectNode of(String function, String baseline, CheckOptions options) {
        ObjectNode input = Json.mapper().createObjectNode();
        input.put("lambdaARN", function);
        options.num().ifPresent(text -> input.set("num", number(text)));
        options.parallel().ifPresent(text -> input.set("concurrency", number(text)));
        options.promoteOnPass().ifPresent(alias -> {
            input.put("autoOptimize", true);
            input.put("autoOptimizeAlias", alias);
        });
        ObjectNode check = input.putObject("check");
        check.put("baseline", baseline);
        options.maxCostIncrease().ifPresent(text -> check.set("maxCostIncrease", share(text)));
        options.maxDurationIncrease().ifPresent(text -> check.set("maxDurationIncrease", share(text)));
        options.p95().ifPresent(text -> check.set("p95Ms", milliseconds(text)));
        options.maxCostPerMillion().ifPresent(text -> check.set("maxCostPerMillion", number(text)));
        options.confidence().ifPresent(text -> check.set("confidence", share(text)));
        options.undecided().ifPresent(text -> check.put("undecided", text));
        return input;
    }

    /** Adds an algorithm's own events. */
    static void putEvents(ObjectNode input, List<TestEvent> events) {
        ArrayNode payloads = Json.mapper().createArrayNode();
        for (TestEvent event : events) {
            ObjectNode payload = payloads.addObject();
            payload.put("name", event.name());
            payload.put("weight", 1);
            payload.set("payload", Json.tree(event.json().getBytes(StandardCharsets.UTF_8)));
        }
        input.set("payload", payloads.isEmpty() ? Json.mapper().createObjectNode() : payloads);
    }

    /** Checks an input in full. @throws BadInput with every problem, named by option */
    static void requireValid(JsonNode input) {
        try {
            TuningInputReader.read(input, 0);
        } catch (BadInput e) {
            throw new BadInput(e.problems().stream().map(CheckInputs::named).toList());
        }
    }

    private static Problem named(Problem problem) {
        String option = OPTIONS.getOrDefault(problem.field(), problem.field());
        return new Problem(option, problem.rule(), problem.received(), REMEDIES.getOrDefault(option, problem.remedy()));
    }

    private static JsonNode share(String text) {
        Matcher matcher = PERCENT.matcher(text.strip());
        return matcher.matches() ? node(new BigDecimal(matcher.group(1)).divide(HUNDRED)) : text(text);
    }

    private static JsonNode milliseconds(String text) {
        Matcher matcher = TIME.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            return text(text);
        }
        BigDecimal value = new BigDecimal(matcher.group(1));
        return node(matcher.group(2).equals("s") ? value.multiply(MS_PER_SECOND) : value);
    }

    private static JsonNode number(String text) {
        return Optional.of(text.strip())
                .filter(one -> NUMBER.matcher(one).matches())
                .<JsonNode>map(one -> one.contains(".")
                        ? node(new BigDecimal(one))
                        : Json.mapper().getNodeFactory().numberNode(Integer.parseInt(one)))
                .orElseGet(() -> text(text));
    }

    private static JsonNode node(BigDecimal value) {
        return Json.mapper().getNodeFactory().numberNode(value);
    }

    private static JsonNode text(String text) {
        return Json.mapper().getNodeFactory().textNode(text);
    }
}
