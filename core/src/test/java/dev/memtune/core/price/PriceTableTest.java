// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.price;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.memtune.core.wire.PriceTableReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriceTableTest {
    private static final PriceTable TABLE = PriceTableReader.bundled();

    @ParameterizedTest
    @CsvSource({
        "us-east-1, 0.0000166667, 0.0000133334, 0.20",
        "eu-central-1, 0.0000166667, 0.0000133334, 0.20",
        "us-gov-west-1, 0.0000166667, 0.0000133334, 0.20",
        "af-south-1, 0.0000221000, 0.0000176800, 0.27",
        "ap-east-1, 0.0000229200, 0.0000183000, 0.28",
        "eu-south-1, 0.0000195172, 0.0000156138, 0.23",
        "eu-central-2, 0.0000183334, 0.0000146667, 0.22",
        "me-central-1, 0.0000206667, 0.0000165334, 0.25",
        "ap-southeast-5, 0.0000150000, 0.0000120000, 0.18",
    })
    void knowsTheRegionsOwnRates(String region, String x86, String arm, String perMillionRequests) {
        Price intel = TABLE.price(region, Architecture.X86_64);
        Price graviton = TABLE.price(region, Architecture.ARM64);
        assertThat(intel.perGbSecond().amount()).isEqualByComparingTo(x86);
        assertThat(graviton.perGbSecond().amount()).isEqualByComparingTo(arm);
        assertThat(intel.requests(1_000_000).amount()).isEqualByComparingTo(perMillionRequests);
        assertThat(intel.perGbSecond().estimated()).isFalse();
        assertThat(graviton.perGbSecond().estimated()).isFalse();
    }

    @Test
    void hasEveryRegionWithDatedSources() {
        assertThat(TABLE.regions())
                .hasSize(39)
                .contains(
                        "cn-north-1",
                        "cn-northwest-1",
                        "us-gov-east-1",
                        "us-gov-west-1",
                        "mx-central-1",
                        "eusc-de-east-1");
        for (String region : TABLE.regions()) {
            PriceSource source =
                    TABLE.price(region, Architecture.ARM64).perGbSecond().source();
            assertThat(source.location()).startsWith("https://");
            assertThat(source.date()).isAfter(LocalDate.parse("2026-01-01"));
        }
    }

    @Test
    void lowerTiersCostLessEverywhere() {
        for (String region : TABLE.regions()) {
            for (Architecture architecture : Architecture.values()) {
                assertThat(TABLE.price(region, architecture).duration())
                        .hasSize(3)
                        .extracting(tier -> tier.rate().amount())
                        .isSortedAccordingTo((a, b) -> b.compareTo(a));
            }
        }
    }

    @Test
    void flagsTheDefaultOfAnUnknownRegionAsEstimated() {
        Price price = TABLE.price("mars-north-1", Architecture.ARM64);
        assertThat(price.region()).isEqualTo("mars-north-1");
        assertThat(price.perGbSecond().amount()).isEqualByComparingTo("0.0000133334");
        assertThat(price.invocation(1, 128).estimated()).isTrue();
        assertThat(price.stateTransitions(1).estimated()).isTrue();
    }

    @Test
    void flagsOnlyWhatIsUncertain() {
        assertThat(TABLE.price("il-central-1", Architecture.X86_64)
                        .invocation(1, 128)
                        .estimated())
                .isFalse();
        assertThat(TABLE.price("il-central-1", Architecture.ARM64)
                        .invocation(1, 128)
                        .estimated())
                .isTrue();
        Price frankfurt = TABLE.price("eu-central-1", Architecture.X86_64);
        assertThat(frankfurt.invocation(1, 128).estimated()).isFalse();
        assertThat(frankfurt.snapStartRestores(128, 1).estimated()).isTrue();
        assertThat(frankfurt.snapStartRestores(128, 0).estimated()).isFalse();
    }

    @Test
    void paysInYuanInChina() {
        assertThat(TABLE.price("cn-north-1", Architecture.X86_64)
                        .requests(1_000_000)
                        .shown(2))
                .isEqualTo("CNY 1.36");
        assertThat(TABLE.price("cn-south-9", Architecture.X86_64)
                        .requests(1)
                        .currency()
                        .getCurrencyCode())
                .isEqualTo("CNY");
    }

    @Test
    void refusesAFileThatLacksARate() {
        String file = """
                {"sources": {"s": {"location": "x", "date": "2026-01-01"}},
                 "regions": {
                   "us-east-1": {"currency": "USD", "rates": [{"item": "request", "amount": "1", "source": "s"}]},
                   "cn-north-1": {"currency": "CNY", "rates": [{"item": "request", "amount": "1", "source": "s"}]}}}
                """;
        assertThatThrownBy(() -> PriceTableReader.read(file.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the price table must have one rate of ephemeralStorage for cn-north-1 on x86_64, got: 0");
    }

    @Test
    void refusesARegionWithoutRates() {
        String file = "{'regions': {'eu-west-9': {'currency': 'EUR', 'rates': []}}}".replace('\'', '"');
        assertThatThrownBy(() -> PriceTableReader.read(file.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the price file must have rates for eu-west-9, got: none");
    }

    @Test
    void refusesAFileWithoutTheDefaultRegion() {
        assertThatThrownBy(() -> PriceTableReader.read("{}".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("us-east-1");
    }

    @Test
    void namesArchitecturesAsAwsDoes() {
        assertThat(Architecture.parse("arm64")).isEqualTo(Architecture.ARM64);
        assertThatThrownBy(() -> Architecture.parse("ARM"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("architecture must be x86_64 or arm64, got: ARM");
    }

    @Test
    void takesTheUsersOwnRates() {
        Price price = TABLE.price("us-east-1", Architecture.X86_64);
        PriceSource input = new PriceSource("input", LocalDate.parse("2026-11-21"));
        Rate perGbSecond = new Rate(new BigDecimal("0.00001"), price.request().currency(), input, false);
        Price own = price.with(perGbSecond, price.request());
        assertThat(own.compute(GbSeconds.of(1_000, 1_024)).amount()).isEqualByComparingTo("0.00001");
        assertThat(own.computePerMonth(new GbSeconds(new BigDecimal("1E10"))).amount())
                .isEqualByComparingTo("100000");
    }
}
