// SPDX-License-Identifier: Apache-2.0
package dev.memtune.analyzer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memtune.core.search.Measurement;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LogEvidenceTest {
    private static List<Measurement> measurements(double ms, int count, int round) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Measurement(ms + i % 3, ms + i % 3, false, round))
                .toList();
    }

    private static List<Measurement> found(double ms) {
        return measurements(ms, 20, Measurement.FOUND);
    }

    private static final List<Measurement> OWN = measurements(100, 6, 1);

    @Test
    void countsInvocationsThatTookAsLongAsTheRunsOwn() {
        assertThat(LogEvidence.of(found(101), OWN, 1)).isEqualTo(new LogEvidence(found(101), ""));
    }

    @Test
    void leavesOutThoseOfOtherEventsAndSaysSo() {
        LogEvidence evidence = LogEvidence.of(found(150), OWN, 1);

        assertThat(evidence.usable()).isEmpty();
        assertThat(evidence.doubt())
                .isEqualTo(
                        "20 invocations in the logs were billed 151.0 ms in the mean, the events of this run 101.0 ms");
    }

    @Test
    void needsSomeOfTheRunsOwnToAgreeWith() {
        assertThat(LogEvidence.of(found(101), OWN.subList(0, 2), 1).usable()).isEmpty();
        assertThat(LogEvidence.of(found(101), OWN.subList(0, 2), 1).doubt()).contains("too few");
    }

    @Test
    void cannotTellPayloadsApart() {
        assertThat(LogEvidence.of(found(101), OWN, 2).usable()).isEmpty();
        assertThat(LogEvidence.of(found(101), OWN, 2).doubt()).contains("2 payloads");
    }

    @Test
    void hasNoDoubtsWhereNothingWasFound() {
        assertThat(LogEvidence.of(List.of(), OWN, 3)).isEqualTo(new LogEvidence(List.of(), ""));
    }
}
