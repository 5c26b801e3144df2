// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memtune.core.failure.Problem;
import dev.memtune.core.function.PowerValue;
import dev.memtune.core.price.Architecture;
import dev.memtune.core.wire.AlgorithmFields.TextForm;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Reads {@code metadata.json}. The same rules are published as {@code docs/reference/algorithm-metadata.schema.json}; a test
 * compares the two. Thread-safe.
 */
public final class AlgorithmMetadataReader {
    /** The fields in the order in which their problems are listed. */
    static final List<String> FIELDS = List.of(
            "name",
            "runtime",
            "handler",
            "type",
            "output",
            "architecture",
            "memoryValues",
            "num",
            "strategy",
            "policy",
            "timeoutSeconds",
            "environment",
            "layers",
            "payload");

    private static final String FILE = "metadata.json";
    private static final int MAX_MEMORY_VALUES = 100;
    private static final int MAX_INVOCATIONS = 1_000;
    /** <a href="https://docs.aws.amazon.com/lambda/latest/dg/configuration-timeout.html">Configure Lambda timeout</a>. */
    private static final int MAX_TIMEOUT_SECONDS = 900;
    /** <a href="https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html">Lambda quotas</a>. */
    private static final int MAX_LAYERS = 5;

    /** Length and letters: <a href="https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html">CreateFunction</a>. */
    private static final TextForm NAME = TextForm.of(
            "[a-zA-Z0-9_-]{1,64}",
            "1 to 64 letters, digits, '-' or '_'",
            "Choose such a name, it becomes the function's");

    /** The forms of {@code RuntimeFamily}. */
    private static final TextForm RUNTIME = TextForm.of(
            "java[0-9]{1,2}(\\.al2|\\.al2023)?|nodejs[0-9]{2}\\.x|provided\\.(al2|al2023)|python3\\.[0-9]{1,2}",
            "AWS's identifier of a Java, Node, Python or provided runtime",
            "Write it like java21, nodejs22.x, python3.12 or provided.al2023");

    private static final TextForm HANDLER = TextForm.of(
            "[!-~]{1,128}",
            "1 to 128 ASCII characters without a space",
            "Write it as AWS does, such as handler.handler or com.example.Handler");
    private static final TextForm TYPE = TextForm.of("in|out|transform", "in, out or transform", "Choose one of them");
    private static final String OUT = "out";
    private static final TextForm OUTPUT = TextForm.of("queue|bucket", "queue or bucket", "Choose one of them");
    private static final TextForm ARCHITECTURE = TextForm.of(
            "x86_64|arm64", "x86_64 or arm64", "Choose the one that the code and its packages are built for");
    private static final TextForm STRATEGY =
            TextForm.of("cost|duration|speed|balanced", "cost, duration (or speed) or balanced", "Choose one of them");
    private static final TextForm POLICY = TextForm.of(
            "[a-z][a-z0-9-]{0,63}",
            "the name of a search policy, small letters, digits and '-'",
            "Write it like exhaustive or standard, or leave it out");
    private static final TextForm LAYER = TextForm.of(
            "arn:aws[a-z-]*:lambda:[a-z0-9-]+:[0-9]{12}:layer:[a-zA-Z0-9_-]{1,140}:[1-9][0-9]*",
            "the ARN of a layer's version",
            "Write it like arn:aws:lambda:eu-west-1:123456789012:layer:name:1");

    /** Reads {@code metadata.json}; whatever is wrong is in the result. */
    public AlgorithmMetadataReading read(String json) {
        Optional<String> error = syntaxError(json);
        if (error.isPresent()) {
            return refused("must be one JSON object", error.get());
        }
        JsonNode root = parsed(json);
        return root.isObject() ? read(root) : refused("must be a JSON object", AlgorithmFields.shown(root));
    }

    /**
     * What {@code metadata.json} would say of a plain folder of code, with the same rules for each value.
     *
     * @param name the function's name
     * @param runtime AWS's runtime identifier
     * @param handler AWS's handler string; empty if it is to be derived
     */
    public AlgorithmMetadataReading plain(String name, String runtime, Optional<String> handler) {
        ObjectNode root = Json.mapper().createObjectNode().put("name", name).put("runtime", runtime);
        handler.ifPresent(given -> root.put("handler", given));
        return read(root);
    }

    /** Why a text is not one JSON value, with line and column and without a word of the text; empty if it is one. */
    public Optional<String> syntaxError(String json) {
        try {
            return Json.mapper().readTree(json).isMissingNode() ? Optional.of("nothing") : Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.of(found(e));
        }
    }

    private JsonNode parsed(String json) {
        try {
            return Json.mapper().readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("JSON must be checked before it is read, got: " + found(e), e);
        }
    }

    /** Where and how the text is wrong; Jackson's own message would quote the text, which may be secret. */
    private static String found(JsonProcessingException e) {
        String kind = e.getOriginalMessage().startsWith("Duplicate field") ? "a name given twice" : "not JSON";
        return e.getLocation() == null
                ? kind
                : kind + " at line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr();
    }

    private static AlgorithmMetadataReading refused(String rule, String received) {
        return AlgorithmMetadataReading.refused(List.of(new Problem(FILE, rule, received, "Mend the JSON")));
    }

    private static AlgorithmMetadataReading read(JsonNode root) {
        AlgorithmFields fields = new AlgorithmFields(root);
        fields.refuseUnknown(FIELDS);
        Optional<String> name = fields.requiredText("name", NAME);
        Optional<String> runtime = fields.requiredText("runtime", RUNTIME);
        Optional<String> handler = fields.text("handler", HANDLER);
        AlgorithmMetadata metadata = new AlgorithmMetadata(
                name.orElse(""),
                runtime.orElse(""),
                handler,
                fields.text("type", TYPE).map(type -> AlgorithmType.valueOf(type.toUpperCase(Locale.ROOT))),
                output(fields),
                fields.text("architecture", ARCHITECTURE).map(Architecture::parse),
                memoryValues(fields),
                fields.integer("num", 1, MAX_INVOCATIONS),
                fields.text("strategy", STRATEGY).flatMap(Strategy::of),
                fields.text("policy", POLICY),
                fields.integer("timeoutSeconds", 1, MAX_TIMEOUT_SECONDS)
                        .orElse(AlgorithmMetadata.DEFAULT_TIMEOUT_SECONDS),
                environment(fields),
                layers(fields),
                fields.node("payload").map(JsonNode::toString));
        return fields.problems().isEmpty()
                ? AlgorithmMetadataReading.of(metadata)
                : new AlgorithmMetadataReading(
                        Optional.empty(), runtime, handler, Optional.of(fields.has("payload")), fields.problems());
    }

    private static Optional<AlgorithmOutput> output(AlgorithmFields fields) {
        boolean hasOutput =
                fields.node("type").map(JsonNode::asText).filter(OUT::equals).isPresent();
        if (fields.has("output") && !hasOutput) {
            fields.refuse(
                    "output",
                    "is for algorithms of the type out only",
                    fields.node("type").map(AlgorithmFields::shown).orElse("no type"),
                    "Remove it, or set type to out");
        }
        return fields.text("output", OUTPUT).map(output -> AlgorithmOutput.valueOf(output.toUpperCase(Locale.ROOT)));
    }

    private static List<PowerValue> memoryValues(AlgorithmFields fields) {
        List<PowerValue> values = new ArrayList<>();
        List<JsonNode> items = fields.items("memoryValues", 1, MAX_MEMORY_VALUES);
        for (int i = 0; i < items.size(); i++) {
            OptionalInt memoryMB =
                    fields.integer("memoryValues[" + i + "]", items.get(i), PowerValue.MIN_MB, PowerValue.MAX_MB);
            memoryMB.ifPresent(value -> values.add(new PowerValue(value)));
        }
        fields.refuseTwice(
                "memoryValues", values.stream().map(PowerValue::memoryMB).toList());
        return values;
    }

    private static List<String> layers(AlgorithmFields fields) {
        List<String> arns = new ArrayList<>();
        List<JsonNode> items = fields.items("layers", 0, MAX_LAYERS);
        for (int i = 0; i < items.size(); i++) {
            fields.text("layers[" + i + "]", items.get(i), LAYER).ifPresent(arns::add);
        }
        fields.refuseTwice("layers", arns);
        return arns;
    }

    private static Map<String, String> environment(AlgorithmFields fields) {
        return fields.node("environment")
                .map(node -> AlgorithmEnvironment.read(node, fields))
                .orElse(Map.of());
    }
}
