// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.price;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.memtune.core.wire.PriceTableReader;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Costs against cases worked out by hand, first those of <a href="https://aws.amazon.com/lambda/pricing/">AWS</a>. */
class CostOracleTest {
    private static final Price X86 = PriceTableReader.bundled().price("us-east-1", Architecture.X86_64);
    private static final Price ARM = PriceTableReader.bundled().price("us-east-1", Architecture.ARM64);
    private static final Currency USD = Currency.getInstance("USD");

    /** 3 M × 120 ms × 1,536 MB = 540,000 GB-s, 140,000 of them paid: 2.33; 2 M requests: 0.40. */
    @Test
    void agreesWithTheMobileBackendExample() {
        OptionCost cost = OptionCost.of(X86, 1_536, BigDecimal.valueOf(120));
        assertThat(cost.perMonth(BigDecimal.valueOf(3_000_000), FreeTier.WHOLE).shown(2))
                .isEqualTo("USD 2.73");
    }

    /** 7.44 M × 2 s × 1 GB on Arm = 14.88 M GB-s, 14.48 M of them paid: 193.07; 6.44 M requests: 1.29. */
    @Test
    void agreesWithTheTelemetryExample() {
        OptionCost cost = OptionCost.of(ARM, 1_024, BigDecimal.valueOf(2_000));
        assertThat(cost.perMonth(BigDecimal.valueOf(7_440_000), FreeTier.WHOLE).shown(2))
                .isEqualTo("USD 194.36");
    }

    /** 6 B at the first rate, 9 B at the second, 1 B at the third: 100,000.20 + 135,000 + 13,333.40. */
    @Test
    void countsEachTierAtItsRate() {
        assertThat(X86.computePerMonth(new GbSeconds(new BigDecimal("16E9"))).amount())
                .isEqualByComparingTo("248333.60");
        assertThat(X86.computePerMonth(new GbSeconds(new BigDecimal("6E9"))).amount())
                .isEqualByComparingTo("100000.20");
    }

    /** 1 ms at 128 MB is 1/8000 GB-s: 2.0833375e-9, and 2e-7 for the request. */
    @Test
    void isExactForOneInvocation() {
        assertThat(X86.invocation(1, 128).amount()).isEqualByComparingTo("0.0000002020833375");
        assertThat(GbSeconds.of(1, 1).value()).isEqualByComparingTo("0.0000009765625");
    }

    @Test
    void neverRoundsAMeanUpToAMillisecond() {
        BigDecimal mean = Rounding.mean(1, 1, 1, 1, 2);
        assertThat(mean).isEqualByComparingTo("1.2");
        assertThat(OptionCost.of(X86, 1_024, mean).computePerInvocation().amount())
                .isEqualByComparingTo("0.00000002000004");
    }

    /** Half of all calls warm at 100 ms, half cold at 300 ms: 200 ms. */
    @Test
    void mixesColdStartsIn() {
        ColdStarts half = new ColdStarts(new BigDecimal("0.5"), BigDecimal.valueOf(300));
        OptionCost mixed = OptionCost.of(X86, 512, BigDecimal.valueOf(100)).with(half);
        assertThat(mixed.billedMeanMs()).isEqualByComparingTo("200");
        assertThat(mixed.perMillion().amount()).isEqualByComparingTo("1.86667");
    }

    /** 10,240 MB of storage: 9.5 GB of it paid, for one second. */
    @Test
    void chargesStorageAbove512MB() {
        assertThat(X86.ephemeralStorage(BigDecimal.valueOf(1_000), 10_240).amount())
                .isEqualByComparingTo("0.00000029355");
        assertThat(X86.ephemeralStorage(BigDecimal.valueOf(1_000), 512).amount())
                .isZero();
    }

    /** 10,800 s × 1 GB × 0.0000015046, even if it is deleted at once. */
    @Test
    void chargesASnapStartVersionForThreeHoursAtLeast() {
        assertThat(X86.snapStartVersion(1_024, 60).amount()).isEqualByComparingTo("0.01624968");
        assertThat(X86.snapStartVersion(1_024, 21_600).amount()).isEqualByComparingTo("0.03249936");
        assertThat(X86.snapStartRestores(512, 2).amount()).isEqualByComparingTo("0.0001397998");
    }

    /** AWS's 1 GB for an hour, used for half of it. */
    @Test
    void chargesProvisionedConcurrencyAndItsUse() {
        Cost cost = X86.provisioned(GbSeconds.of(3_600_000, 1_024), GbSeconds.of(1_800_000, 1_024));
        assertThat(cost.amount()).isEqualByComparingTo("0.03250008");
    }

    /** 512 MB for 200 ms a call, a quarter of them restored: 0.5 GB × 0.25 × 0.0001397998; storage 0.5 GB × 0.2 s. */
    @Test
    void chargesStorageAndRestoresWithEveryInvocation() {
        ColdStarts quarter = new ColdStarts(new BigDecimal("0.25"), BigDecimal.valueOf(200));
        OptionCost cost = OptionCost.of(X86, 512, BigDecimal.valueOf(200))
                .with(new ChargedExtras(1_024, true, 0))
                .with(quarter);
        assertThat(cost.perInvocation().amount())
                .isEqualByComparingTo(new BigDecimal("0.00000166667")
                        .add(new BigDecimal("0.000017474975"))
                        .add(new BigDecimal("0.00000000309"))
                        .add(new BigDecimal("0.0000002")));
        // And 730 hours of half a GB of snapshot: 1,314,000 GB-s.
        assertThat(cost.perMonth(BigDecimal.ONE, FreeTier.NONE)
                        .minus(cost.perInvocation())
                        .amount())
                .isEqualByComparingTo("1.9770444");
    }

    /** Two environments of 1 GB for 730 hours, and 100,000 calls of a second: 5,256,000 and 100,000 GB-s. */
    @Test
    void chargesAMonthOnProvisionedConcurrency() {
        OptionCost cost = OptionCost.of(X86, 1_024, BigDecimal.valueOf(1_000)).with(new ChargedExtras(512, false, 2));
        assertThat(cost.perMonth(BigDecimal.valueOf(100_000), FreeTier.NONE).amount())
                .isEqualByComparingTo(new BigDecimal("21.9001752")
                        .add(new BigDecimal("0.97222"))
                        .add(new BigDecimal("0.02")));
    }

    @Test
    void addsUpTheWholeTuning() {
        ExplorationCost cost = ExplorationCost.of(
                        X86, List.of(new BilledCall(1_024, 1_000), new BilledCall(128, 8_000)))
                .withTuner(ARM, GbSeconds.of(1_000, 1_024), 1)
                .withTransitions(X86, 4)
                .withSnapStart(X86, 1_024, 0);
        assertThat(cost.target().amount()).isEqualByComparingTo("0.0000337334");
        assertThat(cost.tuner().amount()).isEqualByComparingTo("0.0000135334");
        assertThat(cost.transitions().amount()).isEqualByComparingTo("0.0001");
        assertThat(cost.total().amount()).isEqualByComparingTo("0.0163969468");
    }

    @Test
    void refusesToAddCurrencies() {
        Cost yuan = Cost.zero(Currency.getInstance("CNY"));
        assertThatThrownBy(() -> Cost.zero(USD).plus(yuan))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("costs must be of one currency, got: USD and CNY");
    }

    @Test
    void refusesAMeanOfNothingAndAShareBeyondOne() {
        assertThatThrownBy(Rounding::mean).hasMessageContaining("billedMs must not be empty");
        assertThatThrownBy(() -> new ColdStarts(new BigDecimal("1.01"), BigDecimal.TEN))
                .hasMessage("share must be between 0 and 1, got: 1.01");
    }
}
