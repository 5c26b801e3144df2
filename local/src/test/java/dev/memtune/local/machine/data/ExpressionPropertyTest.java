// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.machine.data;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Whatever stands in a definition, it is parsed or refused in words, and yields a value or fails the state. */
class ExpressionPropertyTest {
    private static final int ROUNDS = 20_000;
    private static final List<String> PIECES = List.of(
            "$",
            "$$",
            ".",
            "..",
            "a",
            "list",
            "[",
            "]",
            "0",
            "-1",
            "*",
            "?",
            "(",
            ")",
            "@",
            "==",
            "&&",
            "'",
            "\\",
            "{}",
            "States.",
            "States.Format(",
            "States.Array(",
            "States.MathAdd(",
            "States.ArrayGetItem(",
            "States.Hash(",
            ",",
            " ",
            ":",
            "length()",
            "true",
            "null",
            "1e5",
            "\u00e4",
            "\"");

    @Test
    void neverFailsInAnUnexpectedWay() throws IOException {
        SplittableRandom random = new SplittableRandom(42);
        JsonNode input = Json.parse("{\"a\":{\"a\":1},\"list\":[1,{\"a\":\"x\"},[]]}");
        Frame frame = new Frame(input, input, random);
        int values = 0;
        int refusals = 0;
        for (int round = 0; round < ROUNDS; round++) {
            String text = text(random);
            try {
                assertThat(Expression.parse(text).evaluate(frame)).as(text).isNotNull();
                values++;
            } catch (IllegalArgumentException | StateFailure e) {
                assertThat(e).as(text).message().isNotBlank();
                refusals++;
            } catch (RuntimeException e) {
                throw new AssertionError("unexpected failure of: " + text, e);
            }
        }
        assertThat(values).isPositive();
        assertThat(refusals).isPositive();
    }

    private static String text(SplittableRandom random) {
        StringBuilder text = new StringBuilder(random.nextInt(4) == 0 ? "States.Array(" : "$");
        int count = random.nextInt(8);
        for (int i = 0; i < count; i++) {
            text.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return text.append(text.charAt(0) == 'S' ? ")" : "").toString();
    }
}
