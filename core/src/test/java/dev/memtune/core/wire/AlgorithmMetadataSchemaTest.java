// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.memtune.core.algorithm.RuntimeFamily;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The published schema and our own checks accept and refuse the same documents. */
class AlgorithmMetadataSchemaTest {
    private static final Path SCHEMA = Path.of("..", "docs", "reference", "algorithm-metadata.schema.json");

    /**
     * Values at and just over every bound, of every type, for every field. Not {@code [128, 128.0]}, which the validator
     * takes for different items, against JSON Schema's own notion of equality (section 4.2.2 of its core).
     */
    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "0",
            "1",
            "-1",
            "1.0",
            "1.5",
            "900",
            "901",
            "1000",
            "1001",
            "1e2",
            "1e30",
            "\"\"",
            "\"a\"",
            "\"a b\"",
            "\"in\"",
            "\"IN\"",
            "\"out\"",
            "\"transform\"",
            "\"queue\"",
            "\"bucket\"",
            "\"x86_64\"",
            "\"arm64\"",
            "\"ARM64\"",
            "\"cost\"",
            "\"speed\"",
            "\"duration\"",
            "\"balanced\"",
            "\"cheapest\"",
            "\"standard\"",
            "\"Standard\"",
            "\"9\"",
            "\"handler.handler\"",
            "\"ü.x\"",
            "\"a\\u0000\"",
            "\"java21\"",
            "\"java8.al2\"",
            "\"java\"",
            "\"java21.al3\"",
            "\"nodejs22.x\"",
            "\"nodejs22\"",
            "\"python3.12\"",
            "\"python2.7\"",
            "\"provided\"",
            "\"provided.al2023\"",
            "\"xprovided.al2023x\"",
            text('a', 64),
            text('a', 65),
            text('a', 128),
            text('a', 129),
            "{}",
            "{\"AB\": \"x\"}",
            "{\"A\": \"x\"}",
            "{\"AB\": 1}",
            "{\"AB\": null}",
            "{\"_AB\": \"\"}",
            "{\"1A\": \"\"}",
            "{\"AWS_REGION\": \"x\"}",
            "{\"LAMBDA_TASK_ROOT\": \"x\"}",
            "{\"MY_AWS_REGION\": \"x\"}",
            "[]",
            "[128]",
            "[127]",
            "[10240]",
            "[10241]",
            "[128, 128]",
            "[128.5]",
            "[\"128\"]",
            "[null]",
            "[128, 256, 1769]",
            sizes(100),
            sizes(101),
            layers(1),
            layers(5),
            layers(6),
            "[\"arn:aws:lambda:eu-west-1:123456789012:layer:x:1\", \"arn:aws:lambda:eu-west-1:123456789012:layer:x:1\"]",
            "[\"arn:aws-cn:lambda:cn-north-1:123456789012:layer:x_y-z:12\"]",
            "[\"arn:aws:lambda:eu-west-1:12345678901:layer:x:1\"]",
            "[\"arn:aws:lambda:eu-west-1:123456789012:layer:x:0\"]",
            "[\"arn:aws:lambda:eu-west-1:123456789012:layer:x\"]");

    private static final AlgorithmMetadataReader READER = new AlgorithmMetadataReader();
    private static final JsonNode DOCUMENT = published();
    private static final Schema PUBLISHED = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(DOCUMENT);

    private static JsonNode published() {
        try {
            return Json.tree(Files.readAllBytes(SCHEMA));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + SCHEMA, e);
        }
    }

    static Stream<String> fields() {
        return Stream.concat(AlgorithmMetadataReader.FIELDS.stream(), Stream.of("unknown"));
    }

    @ParameterizedTest
    @MethodSource("fields")
    void agreeOnEveryValueOfEveryField(String field) {
        for (String value : VALUES) {
            ObjectNode json = good();
            json.set(field, tree(value));
            compare(json);
        }
    }

    @Test
    void agreeOnWhatIsRequiredAndOnOtherTypes() {
        compare(good().without("name"));
        compare(good().without("runtime"));
        Stream.of("{}", "[]", "null", "1", "\"x\"", "true").forEach(value -> compare(tree(value)));
    }

    @Test
    void agreeOnWhatHasAnOutput() {
        for (String type : List.of("in", "out", "transform", "OUT")) {
            for (String output : List.of("queue", "bucket", "topic")) {
                compare(good().put("type", type).put("output", output));
            }
        }
    }

    @Test
    void agreeOnRandomDocuments() {
        SplittableRandom random = new SplittableRandom(3);
        List<String> fields = fields().toList();
        for (int round = 0; round < 2_000; round++) {
            ObjectNode json = good();
            for (int changes = random.nextInt(1, 5); changes > 0; changes--) {
                json.set(fields.get(random.nextInt(fields.size())), tree(VALUES.get(random.nextInt(VALUES.size()))));
            }
            compare(json);
        }
    }

    @Test
    void theValuesMakeBothAnswersCommonEnoughToCompare() {
        long accepted = AlgorithmMetadataReader.FIELDS.stream()
                .flatMap(field -> VALUES.stream().map(value -> (ObjectNode) good().set(field, tree(value))))
                .filter(AlgorithmMetadataSchemaTest::isRead)
                .count();

        assertThat(accepted).isBetween(100L, (long) VALUES.size() * AlgorithmMetadataReader.FIELDS.size() - 300);
    }

    @Test
    void haveTheSameFields() {
        assertThat(DOCUMENT.get("properties").fieldNames())
                .toIterable()
                .containsExactlyElementsOf(AlgorithmMetadataReader.FIELDS);
    }

    @Test
    void everyRuntimeThatIsReadHasAFamily() {
        VALUES.stream()
                .map(AlgorithmMetadataSchemaTest::tree)
                .filter(JsonNode::isTextual)
                .forEach(value -> {
                    boolean isRead = isRead(good().set("runtime", value));
                    assertThat(RuntimeFamily.of(value.textValue()).isPresent())
                            .as(value.textValue())
                            .isEqualTo(isRead);
                });
    }

    @Test
    void theSizeOfTheEnvironmentIsTheOneDifference() {
        ObjectNode json = good();
        json.set("environment", tree("{\"AB\": " + text('x', 4_095) + "}"));

        assertThat(isRead(json)).isFalse();
        assertThat(PUBLISHED.validate(json)).isEmpty();
        assertThat(DOCUMENT.get("$comment").textValue()).contains("4096 bytes");
    }

    private static void compare(JsonNode json) {
        assertThat(isRead(json))
                .as("%s, by the schema: %s", json, PUBLISHED.validate(json))
                .isEqualTo(PUBLISHED.validate(json).isEmpty());
    }

    private static boolean isRead(JsonNode json) {
        return READER.read(json.toString()).problems().isEmpty();
    }

    private static ObjectNode good() {
        return Json.mapper().createObjectNode().put("name", "good").put("runtime", "python3.12");
    }

    private static JsonNode tree(String json) {
        return Json.read(json, JsonNode.class);
    }

    private static String text(char letter, int length) {
        return "\"" + String.valueOf(letter).repeat(length) + "\"";
    }

    private static String sizes(int count) {
        ArrayNode sizes = Json.mapper().createArrayNode();
        IntStream.range(0, count).forEach(i -> sizes.add(128 + i));
        return sizes.toString();
    }

    private static String layers(int count) {
        ArrayNode layers = Json.mapper().createArrayNode();
        IntStream.range(0, count).forEach(i -> layers.add("arn:aws:lambda:eu-west-1:123456789012:layer:l" + i + ":1"));
        return layers.toString();
    }
}
