// SPDX-License-Identifier: Apache-2.0
package dev.memtune.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {
    @ParameterizedTest
    @CsvSource({"0.123, 0.12", "9.999, 10.00", "10, 10.0", "999.94, 999.9", "1000, 1000", "12345.6, 12346"})
    void showsDurationsWithTheDigitsThatSaySomething(double ms, String text) {
        assertThat(Figures.ms(ms)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "0.0000012345, 0.00000123", "0.9876, 0.988", "1, 1.00", "1234.567, 1234.57"})
    void showsMoneyToTheCentOrToThreeDigits(double amount, String text) {
        assertThat(Figures.money(amount)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"3.14159, 3.1 %", "31.4, 31 %", "-2, -2.0 %"})
    void showsPerCentWithADecimalBelowTen(double percent, String text) {
        assertThat(Figures.percent(percent)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"USD, $", "CNY, 'CNY '"})
    void writesOnlyUnmistakableCurrencySigns(String code, String sign) {
        assertThat(Figures.currency(code)).isEqualTo(sign);
    }
}
