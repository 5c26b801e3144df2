// SPDX-License-Identifier: Apache-2.0
package dev.memtune.promoter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memtune.core.wire.ConfidenceNote;
import dev.memtune.core.wire.ExecutionSpend;
import dev.memtune.core.wire.GoalNote;
import dev.memtune.core.wire.PriceNote;
import dev.memtune.core.wire.ResultNotes;
import dev.memtune.core.wire.SampleCounts;
import dev.memtune.core.wire.SearchLimits;
import dev.memtune.core.wire.SearchNote;
import dev.memtune.core.wire.SizeOption;
import dev.memtune.core.wire.Spend;
import dev.memtune.core.wire.Strategy;
import dev.memtune.core.wire.TuningResult;
import dev.memtune.core.wire.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SavingGateTest {
    static TuningResult result(Verdict served, @Nullable Double difference) {
        return new TuningResult(
                1024,
                1e-6,
                100,
                new ExecutionSpend(0, 0, ""),
                List.of(),
                "run1",
                "work",
                new GoalNote(Strategy.COST, 0.5, "standard", 60, 0.05, 1, SearchLimits.NONE),
                List.of(option(512, served, difference), option(1024, Verdict.BEST, 0.0)),
                List.of(),
                List.of(),
                new ConfidenceNote(true, 0.95, "1024 MB"),
                null,
                new Spend(10, 0, 1, 1),
                new PriceNote("eu-central-1", "arm64", "USD", 1e-5, 0.2, "a page", "2026-11-01", false),
                null,
                null,
                Map.of(),
                ResultNotes.NONE,
                Instant.EPOCH,
                null,
                new SearchNote(1, List.of(), List.of(), List.of(), List.of(), List.of(), null));
    }

    private static SizeOption option(int memoryMB, Verdict verdict, @Nullable Double difference) {
        SampleCounts counts = new SampleCounts(5, 5, 1, 0, 0, 0, 0, 0, 0, 0);
        return new SizeOption(memoryMB, 0.3, counts, null, verdict, verdict.wireName(), difference);
    }

    @ParameterizedTest
    @CsvSource({
        "DEARER, 0.25, true",
        "SLOWER, 0.112, true",
        "DEARER, 0.11, false",
        "NOT_SEPARATED, 0.25, false",
        "WITHIN_TOLERANCE, 0.04, false",
        "MISSES_LIMIT, -0.2, true",
        "INFEASIBLE, , true",
        "NOT_MEASURED, , false"
    })
    void leavesASizeOnlyForAProvenSavingOfTheShareAskedFor(Verdict served, @Nullable Double difference, boolean moves) {
        // 25 % dearer is a saving of 20 %; 11.2 % dearer one of 10.07 %; 11 % dearer one of 9.9 %.
        assertThat(new SavingGate(0.1)
                        .reluctance(result(served, difference), 512)
                        .isEmpty())
                .isEqualTo(moves);
    }

    @Test
    void saysWhy() {
        SavingGate gate = new SavingGate(0.1);
        assertThat(gate.reluctance(result(Verdict.DEARER, 0.11), 512))
                .contains("it would be 9.9 % better than the 512 MB that it serves, and 10.0 % were asked for");
        assertThat(gate.reluctance(result(Verdict.NOT_SEPARATED, 0.25), 512))
                .contains("20.0 % better than the 512 MB that it serves was seen, but not proven");
        assertThat(gate.reluctance(result(Verdict.DEARER, 0.11), 640))
                .contains("the saving over the 640 MB that it serves is not known, because that size was not measured");
    }
}
