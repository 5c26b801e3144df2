// SPDX-License-Identifier: Apache-2.0
package dev.memtune.analyzer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.memtune.core.logs.InvocationReport;
import dev.memtune.core.logs.LogTail;
import dev.memtune.core.logs.ReportLookup;
import dev.memtune.core.logs.SystemLogLevel;
import dev.memtune.core.port.InMemoryRunStore;
import dev.memtune.core.sample.Sample;
import dev.memtune.core.search.TuningRuns;
import dev.memtune.core.wire.Json;
import dev.memtune.core.wire.PriceTableReader;
import dev.memtune.core.wire.RunRef;
import dev.memtune.core.wire.TuningResult;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Compares the figures of the policy {@code leader} with those that AWS Lambda Power Tuning 4.4.0 itself took from the same
 * report lines: {@code leader-figures.json} holds what its functions answered under Node. Rates are not compared; ours are
 * AWS's own, not rounded.
 */
class LeaderFiguresTest {
    private static final String RUN = "run1";
    private static final String ID = "00000000-0000-4000-8000-000000000000";

    private final InMemoryRunStore store = new InMemoryRunStore();

    static Stream<JsonNode> cases() throws IOException {
        try (InputStream in = LeaderFiguresTest.class.getResourceAsStream("leader-figures.json")) {
            JsonNode cases =
                    Json.tree(Objects.requireNonNull(in, "leader-figures.json").readAllBytes());
            return StreamSupport.stream(cases.spliterator(), false).toList().stream();
        }
    }

    private static InvocationReport report(String line) {
        ReportLookup lookup = LogTail.of(("START\n" + line + "\n").getBytes(StandardCharsets.UTF_8))
                .find(ID, SystemLogLevel.UNKNOWN);
        return ((ReportLookup.Found) lookup).report();
    }

    private static Sample sample(int memoryMB, int index, InvocationReport report) {
        return new Sample(
                "m" + memoryMB,
                1,
                index,
                "event",
                Sample.Outcome.MEASURED,
                ID,
                report.durationMs(),
                report.billedMs(),
                report.memoryMB(),
                report.maxMemoryMB(),
                report.initMs(),
                report.restoreMs(),
                null,
                null);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void areThoseOfPowerTuning(JsonNode one) {
        int memoryMB = one.path("memoryMB").intValue();
        List<Sample> samples = new ArrayList<>();
        one.path("reports").forEach(line -> samples.add(sample(memoryMB, samples.size(), report(line.textValue()))));
        store.create(TuningRuns.run(
                RUN,
                "{\"lambdaARN\":\"work\",\"policy\":\"leader\",\"powerValues\":[" + memoryMB + "],\"num\":"
                        + samples.size() + ",\"discardTopBottom\":" + one.path("discardTopBottom") + "}"));
        store.putSamples(RUN, samples);

        new Analyzer(store, PriceTableReader.bundled())
                .analyze(new AnalyzerInput(
                        new RunRef(RUN, "work", 1), TuningRuns.plan(List.of(memoryMB), samples.size())));

        TuningResult result =
                Json.read(store.document(RUN, TuningResult.DOCUMENT).orElseThrow(), TuningResult.class);
        assertThat(result.duration()).isCloseTo(one.path("averageDuration").doubleValue(), within(1e-9));
        double gbSeconds = result.cost() / result.price().perGbSecond();
        assertThat(gbSeconds * 1000 * 1024 / memoryMB)
                .isCloseTo(one.path("billedMs").doubleValue(), within(1e-6));
    }
}
