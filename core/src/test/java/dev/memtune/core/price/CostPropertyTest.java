// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.price;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memtune.core.wire.PriceTableReader;
import java.math.BigDecimal;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What must hold of costs whatever the region, the size and the duration. */
class CostPropertyTest {
    private static final int CASES = 2_000;
    private static final long SEED = 20_261_121L;

    private final SplittableRandom random = new SplittableRandom(SEED);
    private final PriceTable table = PriceTableReader.bundled();
    private final List<String> regions = table.regions().stream().sorted().toList();

    private Price anyPrice() {
        Architecture architecture = random.nextBoolean() ? Architecture.X86_64 : Architecture.ARM64;
        return table.price(regions.get(random.nextInt(regions.size())), architecture);
    }

    private int anyMemory() {
        return random.nextInt(128, 10_241);
    }

    private long anyBilled() {
        return random.nextLong(1, 900_001);
    }

    @Test
    void risesWithDurationAndWithMemory() {
        for (int i = 0; i < CASES; i++) {
            Price price = anyPrice();
            int memory = anyMemory();
            long billed = anyBilled();
            Cost cost = price.invocation(billed, memory);
            assertThat(price.invocation(billed + 1, memory)).isGreaterThan(cost);
            assertThat(price.invocation(billed, memory + 1)).isGreaterThan(cost);
        }
    }

    @Test
    void theSumOfThePartsIsTheWhole() {
        for (int i = 0; i < CASES; i++) {
            Price price = anyPrice();
            int memory = anyMemory();
            long one = anyBilled();
            long other = anyBilled();
            Cost parts = price.compute(GbSeconds.of(one, memory)).plus(price.compute(GbSeconds.of(other, memory)));
            assertThat(price.compute(GbSeconds.of(one + other, memory))).isEqualTo(parts);
            assertThat(parts.minus(parts).amount()).isZero();
        }
    }

    @Test
    void agreesWithAFractionOfWholeNumbers() {
        for (int i = 0; i < CASES; i++) {
            Price price = anyPrice();
            int memory = anyMemory();
            long billed = anyBilled();
            BigDecimal left =
                    price.compute(GbSeconds.of(billed, memory)).amount().multiply(new BigDecimal(1_024_000));
            BigDecimal right = price.perGbSecond().amount().multiply(BigDecimal.valueOf(billed * memory));
            assertThat(left).isEqualByComparingTo(right);
        }
    }

    @Test
    void aMonthCostsItsCallsBelowTheFirstTierAndNeverMore() {
        for (int i = 0; i < CASES; i++) {
            OptionCost option = OptionCost.of(anyPrice(), anyMemory(), BigDecimal.valueOf(anyBilled()));
            long few = random.nextLong(1, 1_000);
            BigDecimal many = BigDecimal.valueOf(random.nextLong(1, 1_000_000_000_000L));
            assertThat(option.perMonth(BigDecimal.valueOf(few), FreeTier.NONE).amount())
                    .isEqualByComparingTo(option.perInvocation().times(few).amount());
            assertThat(option.perMonth(many, FreeTier.NONE).amount())
                    .isLessThanOrEqualTo(option.perInvocation().times(many).amount());
            assertThat(option.perMonth(many, FreeTier.WHOLE).amount())
                    .isLessThanOrEqualTo(option.perMonth(many, FreeTier.NONE).amount());
        }
    }
}
