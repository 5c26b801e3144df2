// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.memtune.core.failure.BadInput;
import dev.memtune.core.failure.Problem;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckInputReaderTest {
    private static TuningInput read(String json) {
        return TuningInputReader.read(Json.tree(json.getBytes(StandardCharsets.UTF_8)), 1);
    }

    private static CheckInput check(String json) {
        return Objects.requireNonNull(read(json).check());
    }

    @Test
    void comparesWhatWasDeployedLastByDefault() {
        TuningInput input = read("{\"lambdaARN\": \"work\", \"check\": {\"baseline\": \"prod\"}}");
        CheckInput check = Objects.requireNonNull(input.check());
        assertThat(check.candidate()).isEqualTo("$LATEST");
        assertThat(check.maxCostIncrease()).isEqualTo(0.05);
        assertThat(check.maxDurationIncrease()).isEqualTo(0.10);
        assertThat(check.confidence()).isEqualTo(0.95);
        assertThat(check.undecided()).isEqualTo(CheckInput.Undecided.FAIL);
        assertThat(input.powerValues()).isEmpty();
        assertThat(input.invocationCount()).isEqualTo(60);
        assertThat(input.parallel()).isTrue();
    }

    @Test
    void hasOnlyTheGatesThatAreNamed() {
        CheckInput check = check("{\"lambdaARN\": \"work:7\", \"check\": {\"baseline\": \"prod\", \"p95Ms\": 300}}");
        assertThat(check.candidate()).isEqualTo("7");
        assertThat(check.maxCostIncrease()).isNull();
        assertThat(check.p95Ms()).isEqualTo(300.0);
    }

    @Test
    void isKeptInARunsRecord() {
        TuningInput input =
                read("{\"lambdaARN\": \"work\", \"check\": {\"baseline\": \"3\", \"undecided\": \"warn\"}}");
        assertThat(Json.read(Json.write(input), TuningInput.class)).isEqualTo(input);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | check.baseline",
                "{\"baseline\": \"$LATEST\"} | check.baseline",
                "{\"baseline\": \"prod\", \"maxCostIncrease\": \"5%\"} | check.maxCostIncrease",
                "{\"baseline\": \"prod\", \"confidence\": 1} | check.confidence",
                "{\"baseline\": \"prod\", \"undecided\": \"maybe\"} | check.undecided",
                "{\"baseline\": \"prod\", \"p95\": 300} | check.p95",
                "5 | check"
            })
    void namesTheFieldThatIsWrong(String check, String field) {
        BadInput bad =
                catchThrowableOfType(BadInput.class, () -> read("{\"lambdaARN\": \"work\", \"check\": " + check + "}"));
        assertThat(Objects.requireNonNull(bad).problems())
                .extracting(Problem::field)
                .containsExactly(field);
    }

    @Test
    void refusesWhatOnlyATuningHas() {
        String json = "{\"lambdaARN\": \"work\", \"powerValues\": [128], \"num\": 5, \"autoOptimize\": true,"
                + " \"check\": {\"baseline\": \"prod\"}}";
        BadInput bad = catchThrowableOfType(BadInput.class, () -> read(json));
        assertThat(Objects.requireNonNull(bad).problems())
                .extracting(Problem::field)
                .containsExactlyInAnyOrderElementsOf(List.of("powerValues", "num", "autoOptimizeAlias"));
    }
}
