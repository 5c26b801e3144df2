// SPDX-License-Identifier: Apache-2.0
package dev.memtune.samples.primes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrimesHandlerTest {
    private final PrimesHandler handler = new PrimesHandler();

    /** Known counts: https://oeis.org/A006880 for the powers of ten. */
    @ParameterizedTest
    @CsvSource({"2, 1", "3, 2", "10, 4", "100, 25", "32769, 3512", "32771, 3513", "1000000, 78498", "10000000, 664579"})
    void countsPrimes(int limit, int primes) {
        assertThat(Sieve.countUpTo(limit)).isEqualTo(primes);
    }

    @Test
    void countsAsTrialDivisionDoes() {
        int count = 0;
        for (int number = 0; number <= 3_000; number++) {
            count += isPrime(number) ? 1 : 0;
            assertThat(Sieve.countUpTo(number)).as("up to %d", number).isEqualTo(count);
        }
    }

    @Test
    void answersWithLimitAndCountWhateverTheNumberType() {
        assertThat(handler.handleRequest(Map.of("limit", 100.0), new NoContext()))
                .isEqualTo(Map.of("limit", 100, "primes", 25));
        assertThat(handler.handleRequest(Map.of("limit", 100L), new NoContext()))
                .containsEntry("primes", 25);
    }

    @Test
    void refusesAnEventWithoutLimit() {
        assertThatThrownBy(() -> handler.handleRequest(new HashMap<>(), new NoContext()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("event.limit must be a whole number from 2 to 100000000, got: null");
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 2.5, 1e9, -7})
    void refusesALimitOutOfRange(double limit) {
        assertThatThrownBy(() -> handler.handleRequest(Map.of("limit", limit), new NoContext()))
                .hasMessageContaining("from 2 to 100000000")
                .hasMessageEndingWith("got: " + limit);
    }

    private static boolean isPrime(int number) {
        for (int divisor = 2; divisor * divisor <= number; divisor++) {
            if (number % divisor == 0) {
                return false;
            }
        }
        return number >= 2;
    }
}
