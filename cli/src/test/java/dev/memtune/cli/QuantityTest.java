// SPDX-License-Identifier: Apache-2.0
package dev.memtune.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantityTest {
    @ParameterizedTest
    @CsvSource({"300ms, 300", "300, 300", "1.5s, 1500", "0.25s, 250", "99.5 ms, 99.5"})
    void readsDurationsAsMilliseconds(String text, double ms) {
        assertThat(Quantity.milliseconds(text).node().isNumber()).isTrue();
        assertThat(Quantity.milliseconds(text).node().doubleValue()).isEqualTo(ms);
    }

    @ParameterizedTest
    @CsvSource({"5%, 0.05", "0.05, 0.05", "12.5%, 0.125", "0%, 0"})
    void readsShares(String text, double share) {
        assertThat(Quantity.share(text).node().doubleValue()).isEqualTo(share);
    }

    @ParameterizedTest
    @CsvSource({"0.05USD, 0.05", "$2.50, 2.5", "0.05, 0.05", "3 USD, 3"})
    void readsMoney(String text, double amount) {
        assertThat(Quantity.money(text).node().doubleValue()).isEqualTo(amount);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "5 parsecs", "-3", "1,5s", "300ms!", "99999999999999999999"})
    void leavesWhatItCannotReadForTheChecksOfTheInput(String text) {
        assertThat(Quantity.milliseconds(text).node().isTextual()).isTrue();
        assertThat(Quantity.milliseconds(text).node().textValue()).isEqualTo(text);
    }

    @Test
    void aWholeNumberStaysOne() {
        assertThat(Quantity.number("95").node().isIntegralNumber()).isTrue();
        assertThat(Quantity.number("95.5").node().isIntegralNumber()).isFalse();
    }
}
