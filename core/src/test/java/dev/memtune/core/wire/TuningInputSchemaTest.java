// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.memtune.core.failure.BadInput;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The published schema and the program's own checks accept and refuse the same inputs. */
class TuningInputSchemaTest {
    private static final Path SCHEMA = Path.of("..", "docs", "reference", "input.schema.json");
    private static final Schema COMPILED = compiled();

    /** Values of every kind, at and just over every bound; each is tried as every field. */
    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "false",
            "0",
            "0.0",
            "1",
            "1.0",
            "1e2",
            "-1",
            "0.4",
            "0.41",
            "0.5",
            "1.5",
            "50",
            "49.9",
            "99",
            "99.1",
            "200",
            "1000",
            "1001",
            "10000",
            "10001",
            "900000",
            "900001",
            "1000000",
            "1000001",
            "1e9",
            "1000000001",
            "9223372036854775807",
            "9223372036854775808",
            "1e400",
            "\"\"",
            "\" \"",
            "\"a b\"",
            "\"5\"",
            "\"true\"",
            "\"ALL\"",
            "\"all\"",
            "\"128..3008/64\"",
            "\"128..3008\"",
            "\"127..256\"",
            "\"00128..10240/64\"",
            "\"128..10241\"",
            "\"128..256/0\"",
            "\"128-256\"",
            "\"cost\"",
            "\"speed\"",
            "\"duration\"",
            "\"cheap\"",
            "\"balanced\"",
            "\"quick\"",
            "\"exhaustive\"",
            "\"leader\"",
            "\"primes\"",
            "\"primes:prod\"",
            "\"primes:$LATEST\"",
            "\"12\"",
            "\"memtune-lease\"",
            "\"prod_1-x\"",
            "\"" + "a".repeat(64) + "\"",
            "\"" + "a".repeat(65) + "\"",
            "\"" + "a".repeat(129) + "\"",
            "\"" + "a".repeat(257) + "\"",
            "\"123456789012:function:primes\"",
            "\"arn:aws:lambda:eu-central-1:123456789012:function:primes\"",
            "\"arn:aws-cn:lambda:cn-north-1:123456789012:function:primes:7\"",
            "\"arn:aws:lambda:XXX:YYY:function:ZZZ\"",
            "\"arn:aws:iam::123456789012:role/path/memtune\"",
            "\"arn:aws:iam::12345678901:role/memtune\"",
            "\"s3://my-bucket/a?b#c\"",
            "\"s3://my-bucket/\"",
            "\"s3://My_Bucket/a\"",
            "\"s3:///a\"",
            "{}",
            "{\"n\": 1}",
            "{\"baseline\": \"prod\"}",
            "{\"baseline\": \"a b\"}",
            "{\"baseline\": null}",
            "{\"baseline\": \"7\", \"candidate\": \"$LATEST\", \"undecided\": \"warn\", \"confidence\": 0.6}",
            "{\"baseline\": \"7\", \"maxCostIncrease\": 10, \"maxDurationIncrease\": 0, \"p95Ms\": 0.5}",
            "{\"baseline\": \"7\", \"confidence\": 0.5}",
            "{\"baseline\": \"7\", \"maxCostIncrease\": 11}",
            "{\"baseline\": \"7\", \"undecided\": \"maybe\"}",
            "{\"baseline\": \"7\", \"baselin\": 1}",
            "[]",
            "[128]",
            "[127]",
            "[10240]",
            "[10241]",
            "[128, 128]",
            "[128, 256]",
            "[128.5]",
            "[\"128\"]",
            "[\"ALL\"]",
            "[null]",
            "[\"128..256\", 512]",
            "[\"128..256\", \"128..256\"]",
            "[\"128..256/0\"]",
            "[\"ValueError\"]",
            "[\"\"]",
            "[{\"payload\": 1, \"weight\": 1}]",
            "[{\"payload\": null, \"weight\": 0.5, \"name\": 7}]",
            "[{\"payload\": 1, \"weight\": 0}]",
            "[{\"payload\": 1, \"weight\": null}]",
            "[{\"payload\": 1, \"weight\": \"1\"}]",
            "[{\"payload\": 1, \"weight\": 1, \"more\": 1}]",
            "[{\"payload\": 1, \"weight\": 1}, {\"payload\": 1}]",
            "[{\"payload\": 1, \"weight\": 1}, 7]");

    /** Fields beside which the values are tried, because some rules are about two fields. */
    private static final List<String> BESIDE = List.of(
            "",
            "\"maxDurationMs\": 300,",
            "\"percentile\": 95,",
            "\"onlyColdStarts\": true, \"num\": 1,",
            "\"dryRun\": true,",
            "\"policy\": \"quick\",",
            "\"powerValues\": [512],",
            "\"check\": {\"baseline\": \"prod\"},");

    /**
     * One input of the corpus.
     *
     * @param says what it is about
     * @param accepted whether it is one
     * @param beyondSchema whether only the program can tell
     */
    record Case(String says, JsonNode input, boolean accepted, boolean beyondSchema) {
        static Case of(JsonNode node) {
            return new Case(
                    node.path("says").asText(),
                    node.path("input"),
                    node.path("accepted").asBoolean(),
                    node.path("beyondSchema").asBoolean());
        }

        @Override
        public String toString() {
            return says;
        }
    }

    private static Schema compiled() {
        try {
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(Files.readString(SCHEMA));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the schema", e);
        }
    }

    static Stream<Case> corpus() throws IOException {
        try (InputStream in = TuningInputSchemaTest.class.getResourceAsStream("inputs.json")) {
            JsonNode cases = Json.tree(Objects.requireNonNull(in, "inputs.json").readAllBytes());
            return StreamSupport.stream(cases.spliterator(), false).map(Case::of).toList().stream();
        }
    }

    private static boolean isAcceptedByTheProgram(JsonNode input) {
        try {
            TuningInputReader.read(input, 1);
            return true;
        } catch (BadInput e) {
            return false;
        }
    }

    private static boolean isAcceptedByTheSchema(JsonNode input) {
        return COMPILED.validate(input).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("corpus")
    void theCorpusIsTakenForWhatItIs(Case one) {
        assertThat(isAcceptedByTheProgram(one.input())).isEqualTo(one.accepted());
        assertThat(isAcceptedByTheSchema(one.input())).isEqualTo(one.accepted() || one.beyondSchema());
    }

    static Stream<String> fields() {
        return TuningInputReader.KNOWN.stream();
    }

    @ParameterizedTest
    @MethodSource("fields")
    void everyValueOfAFieldIsJudgedAlike(String field) {
        for (String beside : BESIDE) {
            for (String value : VALUES) {
                if (!beside.contains("\"" + field + "\"")) {
                    String name = field.equals("lambdaARN") ? "" : "\"lambdaARN\": \"primes\",";
                    String text = "{" + name + beside + "\"" + field + "\": " + value + "}";
                    JsonNode input = Json.tree(text.getBytes(StandardCharsets.UTF_8));
                    assertThat(isAcceptedByTheSchema(input)).as(text).isEqualTo(isAcceptedByTheProgram(input));
                }
            }
        }
    }

    @Test
    void anythingButAnObjectIsRefused() {
        for (String text : List.of("null", "[]", "1", "\"primes\"", "{}", "{\"lambdaARN\": null}")) {
            JsonNode input = Json.tree(text.getBytes(StandardCharsets.UTF_8));
            assertThat(isAcceptedByTheSchema(input)).as(text).isFalse();
            assertThat(isAcceptedByTheProgram(input)).as(text).isFalse();
        }
    }

    @Test
    void hasEveryFieldWithItsMeaning() throws IOException {
        JsonNode properties = Json.tree(Files.readAllBytes(SCHEMA)).path("properties");
        Set<String> names = new TreeSet<>();
        properties.fieldNames().forEachRemaining(names::add);
        assertThat(names).isEqualTo(TuningInputReader.KNOWN);
        assertThat(properties)
                .allMatch(property -> !property.path("description").asText().isBlank());
        ObjectNode unknown =
                Json.mapper().createObjectNode().put("lambdaARN", "primes").put("powervalues", 1);
        assertThat(isAcceptedByTheSchema(unknown)).isFalse();
    }

    @Test
    void bothKnowHowManySizesThereMayBe() {
        for (int count = 200; count <= 201; count++) {
            ObjectNode input = Json.mapper().createObjectNode().put("lambdaARN", "primes");
            ArrayNode sizes = input.putArray("powerValues");
            IntStream.range(128, 128 + count).forEach(sizes::add);
            assertThat(isAcceptedByTheProgram(input)).isEqualTo(count <= 200);
            assertThat(isAcceptedByTheSchema(input)).isEqualTo(count <= 200);
        }
    }
}
