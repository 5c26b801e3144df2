// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.memtune.core.failure.BadInput;
import dev.memtune.core.search.Goal;
import dev.memtune.core.search.SearchSettings.Ties;
import dev.memtune.core.wire.Strategy;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

class ReplayTest {
    /** Recorded invocations, where a checkout of them lies beside this one; they are nobody's to ship. */
    private static final Path RECORDS =
            Path.of(Objects.requireNonNullElse(System.getProperty("memtune.records"), "../../shared/data"));

    private static List<Policy> policies(String... names) {
        return List.of(names).stream()
                .map(name -> Policy.parse(name).orElseThrow())
                .toList();
    }

    private static ReplayPlan plan(int runs, List<Integer> values, String... policies) {
        return new ReplayPlan(policies(policies), Goal.of(Strategy.COST, 1), values, runs, 1, Ties.LEAST);
    }

    /** Costs 100, 50 and 200 megabyte-seconds, with a scatter of nothing. */
    private static List<Pool> flatPools() {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            rows.add(new Row("f", 128, i, 781.25));
            rows.add(new Row("f", 256, i, 195.3125));
            rows.add(new Row("f", 512, i, 390.625));
        }
        return Pool.of(rows);
    }

    private static List<Pool> records(String name) throws IOException {
        Path path = RECORDS.resolve(name);
        assumeTrue(Files.isReadable(path), "needs the records " + path);
        try (InputStream file = Files.newInputStream(path);
                InputStream plain = name.endsWith(".gz") ? new GZIPInputStream(file) : file;
                BufferedReader reader = new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8))) {
            return Pool.of(RowReader.read(name, reader.lines().iterator()));
        }
    }

    @Test
    void reckonsSpendingAndRegret() {
        Score score = new Replay(plan(3, List.of(), "leader:10"))
                .run(flatPools())
                .policies()
                .getFirst()
                .overall();
        assertThat(score.meanRegret()).isZero();
        assertThat(score.invocations()).isEqualTo(30);
        assertThat(score.gbSeconds()).isCloseTo(10 * 350_000 / 1024.0 / 1000, within(1e-9));
        assertThat(score.passes()).isCloseTo(10, within(1e-9));
        assertThat(score.heldShare()).isNull();
    }

    @Test
    void countsRegretAgainstTheBestOfThePool() {
        Score score = new Replay(plan(1, List.of(128, 512), "exhaustive:5"))
                .run(flatPools())
                .policies()
                .getFirst()
                .overall();
        assertThat(score.meanRegret()).isCloseTo(1.0, within(1e-9));
        assertThat(score.regretOver5Share()).isEqualTo(1);
        assertThat(score.statedShare()).isEqualTo(1);
        assertThat(score.heldShare()).isEqualTo(1);
    }

    @Test
    void givesAllPoliciesTheSameDrawsAndEqualSeedsEqualResults() {
        ReplayPlan plan = plan(20, List.of(), "leader:7", "leader:7", "standard");
        ReplayResult result = new Replay(plan).run(flatPools());
        assertThat(result.policies().get(0).overall())
                .isEqualTo(result.policies().get(1).overall());
        assertThat(result.comparisons().getFirst().gbSecondsRatio()).isEqualTo(1);
        assertThat(new Replay(plan).run(flatPools())).isEqualTo(result);
    }

    @Test
    void rejectsValuesThatWereNotRecorded() {
        assertThatExceptionOfType(BadInput.class)
                .isThrownBy(() -> new Replay(plan(1, List.of(1024), "quick")).run(flatPools()))
                .withMessageContaining("--values: must name a size that was recorded of f, one of [128, 256, 512]");
    }

    @Test
    void knowsThePoliciesByName() {
        assertThat(Policy.parse("exhaustive:20")).contains(new Policy.Exhaustive(20));
        assertThat(Policy.parse("leader:0")).isEmpty();
        assertThat(Policy.parse("leader:10001")).isEmpty();
        assertThat(Policy.parse("leader")).isEmpty();
        assertThat(Policy.parse("best")).isEmpty();
    }

    @Test
    void drawsWithTheMeanOfThePool() {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            rows.add(new Row("f", 128, i, i + 1));
        }
        Draws draws = Pool.of(rows).getFirst().draws(128, 3);
        double sum = 0;
        for (int i = 0; i < 100_000; i++) {
            sum += draws.next();
        }
        assertThat(sum / 100_000).isCloseTo(50.5, within(1.0));
    }

    @Test
    void isNoWorseThanFiftyPerSizeForASeventhOfTheMoneyOnRecords() throws IOException {
        ReplayResult result =
                new Replay(plan(60, List.of(), "standard", "leader:50")).run(records("faasdom_aws_2020.csv"));
        assertThat(result.comparisons().getFirst().regretDifference()).isLessThan(0.001);
        assertThat(result.comparisons().getFirst().gbSecondsRatio()).isGreaterThan(7);
    }

    @Test
    void isWithinSixPercentWhereTheUsualGridIsTwentyTwoOffOnRecords() throws IOException {
        List<Integer> grid = List.of(128, 257, 514, 1027, 1540, 1849);
        ReplayResult result =
                new Replay(plan(60, grid, "standard", "leader:50")).run(records("demystifying_aws_2025.csv.gz"));
        assertThat(result.policies().get(0).overall().regretOver5Share()).isLessThan(0.2);
        assertThat(result.policies().get(1).overall().meanRegret()).isGreaterThan(0.2);
    }
}
