// SPDX-License-Identifier: Apache-2.0
package dev.memtune.analyzer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memtune.core.port.InMemoryRunStore;
import dev.memtune.core.sample.Sample;
import dev.memtune.core.search.Measurement;
import dev.memtune.core.search.TuningRuns;
import dev.memtune.core.wire.FoundSamples;
import dev.memtune.core.wire.Json;
import dev.memtune.core.wire.PriceTableReader;
import dev.memtune.core.wire.RunRef;
import dev.memtune.core.wire.SearchNote.Advice;
import dev.memtune.core.wire.SizeOption;
import dev.memtune.core.wire.TuningResult;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the publisher found in the function's logs, in the result. */
class FoundSamplesTest {
    private static final RunRef REF = new RunRef("run1", "work", 1);
    private static final List<Integer> SIZES = List.of(256, 512);
    private static final int NUM = 6;

    private final InMemoryRunStore store = new InMemoryRunStore();

    /** The run's own invocations of both sizes, and as many in the logs of 512 MB. */
    private TuningResult analyze(double foundMs) {
        store.create(TuningRuns.run(REF.runId(), SIZES, NUM));
        List<Sample> own = new ArrayList<>();
        List<Sample> inLogs = new ArrayList<>();
        for (int i = 0; i < NUM; i++) {
            own.add(TuningRuns.warm(256, i, 200 + i % 3));
            own.add(TuningRuns.warm(512, i, 60 + i % 3));
            inLogs.add(found(i, foundMs + i % 3));
        }
        store.putSamples(REF.runId(), own);
        store.putDocument(REF.runId(), FoundSamples.DOCUMENT, Json.write(new FoundSamples(inLogs, "")));
        new Analyzer(store, PriceTableReader.bundled()).analyze(new AnalyzerInput(REF, TuningRuns.plan(SIZES, NUM)));
        return Json.read(store.document(REF.runId(), TuningResult.DOCUMENT).orElseThrow(), TuningResult.class);
    }

    private static Sample found(int index, double durationMs) {
        return new Sample(
                "m512",
                Measurement.FOUND,
                index,
                "logs",
                Sample.Outcome.MEASURED,
                "found-" + index,
                durationMs,
                (long) durationMs,
                512,
                64,
                null,
                null,
                null,
                null,
                true,
                false);
    }

    @Test
    void countsAtTheSizeItWasFoundAtAndIsNotPaidFor() {
        TuningResult result = analyze(60);

        assertThat(result.options())
                .extracting(SizeOption::samples)
                .extracting(counts -> counts.found())
                .containsExactly(0, NUM);
        assertThat(result.spend().invocations()).isEqualTo(2 * NUM);
        assertThat(result.search().flags()).extracting(Advice::name).doesNotContain("LOGS_NOT_USED");
    }

    @Test
    void isLeftOutAndNamedWhereItTookAnotherTime() {
        TuningResult result = analyze(90);

        assertThat(result.options())
                .extracting(SizeOption::samples)
                .extracting(counts -> counts.found())
                .containsOnly(0);
        assertThat(result.search().flags()).anySatisfy(flag -> {
            assertThat(flag.name()).isEqualTo("LOGS_NOT_USED");
            assertThat(flag.evidence())
                    .isEqualTo(
                            "of 512 MB: 6 invocations in the logs were billed 91.0 ms in the mean, the events of this run"
                                    + " 61.0 ms");
        });
    }
}
