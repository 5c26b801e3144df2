// SPDX-License-Identifier: Apache-2.0
package dev.memtune.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memtune.core.wire.Json;
import dev.memtune.core.wire.PriceOverride;
import dev.memtune.core.wire.Pricing;
import dev.memtune.core.wire.TuningInputReader;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class MoneyOptionsTest {

    private static ObjectNode members(String... arguments) {
        return CommandLine.populateCommand(new MoneyOptions(), arguments).members();
    }

    private static Pricing pricing(String... arguments) {
        ObjectNode input = Json.mapper().createObjectNode().put("lambdaARN", "work");
        input.setAll(members(arguments));
        return TuningInputReader.read(input, 0).pricing();
    }

    @Test
    void saysWhatCostsAreCountedWith() {
        Pricing pricing = pricing(
                "--calls-per-month=3000000000", "--cold-start-share=1%", "--price-override=0.0000133334,0.2USD");

        assertThat(pricing.callsPerMonth()).isEqualTo(3_000_000_000L);
        assertThat(pricing.coldStartShare()).isEqualByComparingTo("0.01");
        assertThat(pricing.override())
                .isEqualTo(new PriceOverride(new BigDecimal("0.0000133334"), new BigDecimal("0.2")));
    }

    @Test
    void asksTheLogsForTheShareOfColdStarts() {
        Pricing pricing = pricing("--cold-start-share=logs");

        assertThat(pricing.coldStartShare()).isNull();
        assertThat(pricing.coldStartsFromLogs()).isTrue();
    }

    @Test
    void saysNothingUnlessAsked() {
        assertThat(members()).isEmpty();
        assertThat(pricing()).isEqualTo(Pricing.NONE);
    }

    @Test
    void leavesToTheChecksWhatIsNoAmount() {
        assertThat(members("--calls-per-month=many", "--price-override=1,2,3"))
                .hasToString("{\"callsPerMonth\":\"many\",\"priceOverride\":\"1,2,3\"}");
    }
}
