// SPDX-License-Identifier: Apache-2.0
package dev.memtune.cli.subject;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memtune.cli.subject.TuningInputs.Money;
import dev.memtune.core.wire.Json;
import dev.memtune.core.wire.PriceOverride;
import dev.memtune.core.wire.Pricing;
import dev.memtune.core.wire.TuningInputReader;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TuningInputsTest {

    private static ObjectNode input(Money money) {
        return TuningInputs.forDeployed(
                "work",
                new TuningInputs.Wishes(
                        List.of("128", "512"),
                        Optional.of("3"),
                        Optional.empty(),
                        Optional.of(Json.mapper().createObjectNode()),
                        Optional.empty(),
                        Optional.empty(),
                        money));
    }

    private static Pricing pricing(Money money) {
        return TuningInputReader.read(input(money), 0).pricing();
    }

    @Test
    void writesWhatIsSaidOfMoney() {
        Pricing pricing = pricing(
                new Money(Optional.of("3000000"), Optional.of("0.01"), Optional.of("0.0000133334,0.2")));

        assertThat(pricing.callsPerMonth()).isEqualTo(3_000_000L);
        assertThat(pricing.coldStartShare()).isEqualByComparingTo("0.01");
        assertThat(pricing.override())
                .isEqualTo(new PriceOverride(new BigDecimal("0.0000133334"), new BigDecimal("0.2")));
    }

    @Test
    void asksTheLogsForTheShareOfColdStarts() {
        Pricing pricing = pricing(new Money(Optional.empty(), Optional.of("logs"), Optional.of("1.5e-5,0")));

        assertThat(pricing.coldStartShare()).isNull();
        assertThat(pricing.coldStartsFromLogs()).isTrue();
        assertThat(pricing.override())
                .isEqualTo(new PriceOverride(new BigDecimal("0.000015"), new BigDecimal("0")));
    }

    @Test
    void saysNothingOfMoneyUnlessAsked() {
        assertThat(pricing(Money.UNSTATED)).isEqualTo(Pricing.NONE);
    }

    @Test
    void leavesToTheChecksWhatIsNoAmount() {
        assertThat(input(new Money(Optional.of("many"), Optional.of("1%"), Optional.of("1,2,3"))))
                .hasToString(input(Money.UNSTATED)
                        .put("callsPerMonth", "many")
                        .put("coldStartShare", "1%")
                        .put("priceOverride", "1,2,3")
                        .toString());
    }
}
