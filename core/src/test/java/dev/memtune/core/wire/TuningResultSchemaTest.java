// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.memtune.core.run.Infeasible;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class TuningResultSchemaTest {
    private static final Instant START = Instant.parse("2026-11-21T12:00:00Z");

    private static final SearchLimits LIMITS = new SearchLimits(300.0, 90, 2.5, 0.05, 200, 0.01, true);

    private static TuningResult full() {
        List<SizeStat> stats = List.of(new SizeStat(128, 1.15479e-05, 5497.7), new SizeStat(512, 1.2e-05, 1300));
        return new TuningResult(
                512,
                1.2e-05,
                1300,
                new ExecutionSpend(0.0006, 0.001, Visualization.link(stats, "USD")),
                stats,
                "run1",
                "work",
                new GoalNote(Strategy.COST, 0.5, "standard", 60, 0.05, 42, LIMITS),
                List.of(option(512, measures(250.0)), option(128, null)),
                List.of(512),
                List.of(new Infeasible("m128", 128, Infeasible.Reason.OUT_OF_MEMORY, "signal: killed")),
                new ConfidenceNote(true, 0.95, "512 MB: no tested size is more than 5 % cheaper."),
                new Saving(1024, 31.5, -2, 28.0, 35.0, -4.0, 0.5),
                new Spend(10, 1, 0.25, 0.001),
                new PriceNote("eu-central-1", "arm64", "USD", 1e-5, 0.2, "https://aws.amazon.com", "2026-11-01", false),
                costs(),
                new Promotion(Promotion.Status.PROMOTED, "prod", "3", "7", 1024, 512, "it was asked for"),
                Map.of("isolation", "cgroup v2"),
                new ResultNotes(
                        List.of("$LATEST serves calls"),
                        new ResultNotes.Declared(
                                "cloudformation", "shop", "Work", "the template of shop", "MemorySize: 512")),
                START,
                START.plusSeconds(60),
                new SearchNote(
                        4,
                        List.of(792),
                        List.of(3008),
                        List.of(new SearchNote.Advice(
                                "HEAVY_TAIL", "calls of more than three medians", "look at them")),
                        List.of(new SearchNote.Advice("WAITING", "200 ms at 128 MB", "do it in parallel")),
                        List.of(new SearchNote.FasterStep(128, 512, 100, 0.5, 0.005)),
                        new SearchNote.ExhaustiveNote(50, 300, 12.5, 0.0123)));
    }

    private static CostReport costs() {
        return new CostReport(
                new CostBasis(0.01, 1_200L, 2_000_000L, 1_024, true, 2),
                List.of(new SizeCost(512, 1.2e-5, 12.2, 24.4, true)),
                new MoneySaving(5.5, 5.0, 6.0, 11.0, 10.0, 12.0),
                new TuningCost(0.001, 0.0001, 0.0006, 0.03, 0.0317, true, 12, 3.5, 24, 2));
    }

    private static SizeOption option(int memoryMB, @Nullable SizeMeasures measures) {
        SampleCounts counts = new SampleCounts(5, 5, 1, 0, 0, 0, 0, 0, 0, 2);
        return new SizeOption(
                memoryMB, memoryMB / 1769.0, counts, measures, Verdict.WITHIN_TOLERANCE, "within 5 %", 0.02);
    }

    private static SizeMeasures measures(@Nullable Double cold) {
        return new SizeMeasures(false, 1301, 1290.0, 1310.0, 1300, 1300, 1310, 1311, cold, cold, 64, 1.2e-05, 12.2);
    }

    private static Schema schema() throws IOException {
        String text = Files.readString(Path.of("..", "docs", "reference", "result.schema.json"));
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(text);
    }

    @Test
    void describesAFullResult() throws IOException {
        assertThat(schema().validate(Json.write(full()), InputFormat.JSON)).isEmpty();
    }

    @Test
    void describesAResultWithoutWhatMayBeUnknown() throws IOException {
        ObjectNode bare = Json.mapper().valueToTree(full());
        bare.remove(List.of("saving", "promotion", "notes", "finishedAt", "costs"));
        assertThat(schema().validate(bare.toString(), InputFormat.JSON)).isEmpty();
    }

    @Test
    void refusesAMemberThatNobodyKnowsAndTheLackOfOneThatMustBe() throws IOException {
        ObjectNode wrong = Json.mapper().valueToTree(full());
        wrong.put("powr", 1).remove("power");
        assertThat(schema().validate(wrong.toString(), InputFormat.JSON)).hasSize(2);
    }

    @Test
    void aResultIsReadAsItWasWritten() {
        assertThat(Json.read(Json.write(full()), TuningResult.class)).isEqualTo(full());
    }

    @Test
    void hasTheMembersOfPowerTuningUnderTheirNames() {
        JsonNode tree = Json.mapper().valueToTree(full());
        assertThat(tree.path("power").isInt()).isTrue();
        assertThat(tree.at("/stateMachine/executionCost").isNumber()).isTrue();
        assertThat(tree.at("/stats/0/averagePrice").isNumber()).isTrue();
        assertThat(tree.at("/stats/0/averageDuration").isNumber()).isTrue();
        assertThat(tree.at("/stats/0/value").intValue()).isEqualTo(128);
    }

    @Test
    void linksToTheChartByteForByte() {
        // Worked out with Python: base64(struct.pack('<2h', 128, 512)), '<2f' of the times and of the costs.
        List<SizeStat> stats = List.of(new SizeStat(512, 0.5, 2.5), new SizeStat(128, 0.25, 10));
        assertThat(Visualization.link(stats, "USD"))
                .isEqualTo("https://lambda-power-tuning.show/#gAAAAg==;AAAgQQAAIEA=;AACAPgAAAD8=");
        assertThat(Visualization.link(stats, "CNY")).startsWith("https://lambda-power-tuning.show/?currency=CNY#");
    }

    @Test
    void aSizeBeyondTheChartsFormatHasNoLink() {
        assertThat(Visualization.link(List.of(new SizeStat(32_768, 1, 1)), "USD"))
                .isEmpty();
    }
}
