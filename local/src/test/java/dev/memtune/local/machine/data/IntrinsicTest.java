// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.machine.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IntrinsicTest {
    private static final String INPUT =
            "{\"a\":[1,2,3,3],\"s\":\"x y\",\"n\":4,\"o\":{\"k\":1,\"l\":{\"m\":2}},\"j\":\"{\\\"z\\\":[1.50]}\","
                    + "\"big\":2147483647}";

    private static JsonNode value(String expression) throws IOException {
        Frame frame = new Frame(Json.parse(INPUT), Json.parse("{\"c\":9}"), new SplittableRandom(1));
        return Expression.parse(expression).evaluate(frame);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            States.Format('{} and {}', $.s, $.n)                     | "x y and 4"
            States.Format('no place')                                | "no place"
            States.Format('{}', $.o)                                 | "{\\"k\\":1,\\"l\\":{\\"m\\":2}}"
            States.Format('\\{{}\\} \\\\ it\\'s', $.n)               | "{4} \\\\ it's"
            States.Format('{} {}', null, true)                       | "null true"
            States.Format('{}', $$.c)                                | "9"
            States.StringToJson($.j)                                 | {"z":[1.50]}
            States.StringToJson('3')                                 | 3
            States.JsonToString($.o)                                 | "{\\"k\\":1,\\"l\\":{\\"m\\":2}}"
            States.StringSplit('a,,b;c', ',;')                       | ["a","b","c"]
            States.StringSplit('', ',')                              | []
            States.Base64Encode('Grüße')                             | "R3LDvMOfZQ=="
            States.Base64Decode('R3LDvMOfZQ==')                      | "Grüße"
            States.Hash('abc', 'SHA-256')                            | "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
            States.Hash('abc', 'MD5')                                | "900150983cd24fb0d6963f7d28e17f72"
            States.JsonMerge($.o, States.StringToJson($.j), false)   | {"k":1,"l":{"m":2},"z":[1.50]}
            States.Array()                                           | []
            States.Array(1, 'two', null, $.n, $.a[0], true, -1.5)    | [1,"two",null,4,1,true,-1.5]
            States.ArrayPartition($.a, 3)                            | [[1,2,3],[3]]
            States.ArrayPartition(States.Array(), 3)                 | []
            States.ArrayContains($.a, 3.0)                           | true
            States.ArrayContains($.a, '3')                           | false
            States.ArrayRange(1, 9, 2)                               | [1,3,5,7,9]
            States.ArrayRange(5, 1, -2)                              | [5,3,1]
            States.ArrayRange(5, 1, 1)                               | []
            States.ArrayRange(0, 0, 1)                               | [0]
            States.ArrayGetItem($.a, 2)                              | 3
            States.ArrayLength($.a)                                  | 4
            States.ArrayLength($.a[?(@ > 1)])                        | 3
            States.ArrayUnique($.a)                                  | [1,2,3]
            States.MathAdd($.n, -6)                                  | -2
            States.MathAdd(1.4, 1.5)                                 | 3
            States.MathRandom(3, 4)                                  | 3
            States.ArrayGetItem(States.StringSplit($.s, ' '), States.MathAdd(0, 1)) | "y"
            """)
    void computes(String expression, String expected) throws IOException {
        assertThat(Json.text(value(expression))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            States.Format('{} {}', 1)              | more '{}' than values
            States.Format('{}', 1, 2)              | more values than '{}'
            States.Format($.n)                     | must be a string
            States.StringToJson('{')               | is not JSON
            States.Base64Decode('?')               | is not Base64
            States.Hash('a', 'CRC')                | must be one of
            States.JsonMerge($.o, $.o, true)       | shallow
            States.JsonMerge($.a, $.o, false)      | must be an object
            States.ArrayPartition($.a, 0)          | must be positive
            States.ArrayPartition($.n, 1)          | must be an array
            States.ArrayRange(1, 2, 0)             | must not be 0
            States.ArrayRange(0, 1000, 1)          | at most 1000 elements, got 1001
            States.ArrayGetItem($.a, 4)            | index 4 is outside the array of 4
            States.ArrayGetItem($.a, -1)           | index -1 is outside
            States.MathAdd($.big, 1)               | must fit 32 bits
            States.MathAdd($.s, 1)                 | must be an integer
            States.MathAdd(2147483648, 1)          | must fit 32 bits
            States.MathRandom(2, 2)                | must be below
            """)
    void failsOnWhatItCannotUse(String expression, String cause) {
        assertThatExceptionOfType(StateFailure.class)
                .isThrownBy(() -> value(expression))
                .withMessageContaining(cause)
                .matches(failure -> failure.error().equals("States.IntrinsicFailure"));
    }

    @Test
    void makesDifferentUuidsOfVersionFour() throws IOException {
        assertThat(value("States.UUID()").textValue())
                .matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
    }

    @Test
    void drawsTheSameNumberFromTheSameSeed() throws IOException {
        assertThat(value("States.MathRandom(0, 1000000, 5)")).isEqualTo(value("States.MathRandom(0, 1000000, 5)"));
    }

    @Test
    void refusesLongTextToEncode() {
        String text = "x".repeat(10_001);

        assertThatExceptionOfType(StateFailure.class)
                .isThrownBy(() -> value("States.Base64Encode('" + text + "')"))
                .withMessageContaining("10000");
    }
}
