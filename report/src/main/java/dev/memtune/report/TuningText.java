// SPDX-License-Identifier: Apache-2.0
package dev.memtune.report;

import dev.memtune.core.function.FunctionConfiguration;
import dev.memtune.core.run.Outcome;
import dev.memtune.core.wire.CostReport;
import dev.memtune.core.wire.GoalNote;
import dev.memtune.core.wire.MoneySaving;
import dev.memtune.core.wire.Promotion;
import dev.memtune.core.wire.SampleCounts;
import dev.memtune.core.wire.Saving;
import dev.memtune.core.wire.SearchPolicy;
import dev.memtune.core.wire.SizeMeasures;
import dev.memtune.core.wire.SizeOption;
import dev.memtune.core.wire.Spend;
import dev.memtune.core.wire.TuningCost;
import dev.memtune.core.wire.TuningResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** A result as a terminal shows it: table, chart, and what it means. */
public final class TuningText {
    /** The note of {@link TuningResult#environment()} that tells how many processors the functions had. */
    public static final String CPUS = "cpus";

    private static final String UNKNOWN = "–";
    private static final int CHART_WIDTH_CHARS = 24;

    private final TuningResult result;
    private final NotesText notes;

    private TuningText(TuningResult result) {
        this.result = result;
        this.notes =
                new NotesText(result.search(), Figures.currency(result.price().currency()));
    }

    /** The whole text of a result, lines without line ends. */
    public static List<String> of(TuningResult result) {
        TuningText text = new TuningText(result);
        List<String> lines = new ArrayList<>();
        lines.add(text.headline());
        lines.add("");
        lines.addAll(text.table());
        lines.add("");
        lines.addAll(text.chart());
        lines.add("");
        lines.addAll(text.conclusions());
        return lines;
    }

    /** One line for a run that has no result. */
    public static String failure(Outcome outcome, String function, String message) {
        return function + ": " + words(outcome) + ": " + message;
    }

    private static String words(Outcome outcome) {
        return switch (outcome) {
            case PROMOTED -> "promoted";
            case KEPT -> "kept";
            case UNEXPECTED -> "unexpected error, which is a defect of ours";
            case BAD_INPUT -> "bad input";
            case REJECTED -> "rejected";
            case UNDECIDED -> "undecided";
            case BUSY -> "busy";
            case FAILED -> "failed, and is as it was before";
            case DIRTY -> "failed, and has to be cleaned up";
            case INTERRUPTED -> "interrupted";
        };
    }

    private String headline() {
        GoalNote goal = result.goal();
        boolean isSearch =
                SearchPolicy.of(goal.policy()).map(SearchPolicy::isSearch).orElse(false);
        return result.function() + " · strategy " + goal.strategy().wireName() + " · policy " + goal.policy() + ", "
                + (isSearch ? "at most " : "") + Figures.count(goal.num(), "invocation") + " per size" + limits(goal);
    }

    private static String limits(GoalNote goal) {
        Double maxDurationMs = goal.limits().maxDurationMs();
        Double maxCost = goal.limits().maxCostPerMillion();
        return (maxDurationMs == null
                        ? ""
                        : String.format(
                                        Locale.ROOT,
                                        " · warm p%.0f within ",
                                        goal.limits().percentile())
                                + Figures.ms(maxDurationMs) + " ms")
                + (maxCost == null ? "" : " · a million within " + Figures.money(maxCost));
    }

    private List<String> table() {
        String currency = Figures.currency(result.price().currency()).strip();
        TextTable table = new TextTable(List.of(
                TextTable.Column.right("memory MB"),
                TextTable.Column.right("vCPU"),
                TextTable.Column.right("samples"),
                TextTable.Column.right("cold"),
                TextTable.Column.right("billed ms"),
                TextTable.Column.left(""),
                TextTable.Column.right("p95 ms"),
                TextTable.Column.right(currency + " per million"),
                TextTable.Column.left("verdict")));
        result.options().forEach(option -> table.row(cells(option)));
        return table.lines();
    }

    private List<String> cells(SizeOption option) {
        SizeMeasures measures = option.measures();
        return List.of(
                String.valueOf(option.memoryMB()),
                String.format(Locale.ROOT, "%.2f", option.vcpus()) + (isBeyondThisMachine(option) ? "*" : ""),
                samples(option.samples()),
                String.valueOf(option.samples().cold()),
                measures == null ? UNKNOWN : Figures.ms(measures.billedMeanMs()),
                measures == null ? "" : plusMinus(measures),
                measures == null ? UNKNOWN : Figures.ms(measures.p95Ms()),
                measures == null ? UNKNOWN : Figures.money(measures.costPerMillion()),
                verdict(option));
    }

    private static String samples(SampleCounts samples) {
        List<String> notes = new ArrayList<>();
        if (samples.found() > 0) {
            notes.add(samples.found() + " from logs");
        }
        if (samples.capped() > 0) {
            notes.add(samples.capped() + " capped");
        }
        return samples.measured() + (notes.isEmpty() ? "" : " (" + String.join(", ", notes) + ")");
    }

    private static String verdict(SizeOption option) {
        SizeMeasures measures = option.measures();
        return option.verdictText() + (measures != null && measures.coldOnly() ? " (cold starts only)" : "");
    }

    private static String plusMinus(SizeMeasures measures) {
        Double low = measures.billedLowMs();
        Double high = measures.billedHighMs();
        if (low == null || high == null) {
            return "";
        }
        return "± " + Figures.ms(Math.max(high - measures.billedMeanMs(), measures.billedMeanMs() - low));
    }

    private List<String> chart() {
        List<SizeOption> drawn = result.options().stream()
                .filter(option -> option.measures() != null)
                .toList();
        BarChart bars = new BarChart(CHART_WIDTH_CHARS);
        List<String> durations =
                bars.bars(drawn.stream().map(option -> value(option, true)).toList());
        List<String> costs =
                bars.bars(drawn.stream().map(option -> value(option, false)).toList());
        String currency = Figures.currency(result.price().currency());
        TextTable table = new TextTable(List.of(
                TextTable.Column.right("MB"),
                TextTable.Column.left("billed ms"),
                TextTable.Column.right(""),
                TextTable.Column.left("cost per million"),
                TextTable.Column.right("")));
        for (int i = 0; i < drawn.size(); i++) {
            SizeOption option = drawn.get(i);
            table.row(List.of(
                    String.valueOf(option.memoryMB()),
                    durations.get(i),
                    Figures.ms(value(option, true)),
                    costs.get(i),
                    currency
                            + Figures.money(value(option, false))
                            + (option.memoryMB() == result.power() ? " ◀" : "  ")));
        }
        return table.lines();
    }

    private static double value(SizeOption option, boolean duration) {
        SizeMeasures measures = option.measures();
        if (measures == null) {
            return 0;
        }
        return duration ? measures.billedMeanMs() : measures.costPerMillion();
    }

    private List<String> conclusions() {
        List<String> lines = new ArrayList<>();
        lines.add(result.confidence().statement());
        Saving saving = result.saving();
        if (saving != null && saving.presentMB() != result.power()) {
            money().ifPresent(lines::add);
        }
        lines.addAll(notes.aboutTheFunction());
        lines.addAll(notes.aboutTheAnswer());
        lines.add(promotion(result.promotion()));
        declared().ifPresent(lines::add);
        lines.add(spend());
        lines.addAll(own());
        String cpu = result.environment().get("cpu");
        if (cpu != null) {
            lines.add("Measured on this machine, an estimate of AWS: CPU share by " + cpu + ", memory limit by "
                    + result.environment().getOrDefault("memory", "nothing") + ".");
        }
        OptionalInt cpus = cpus();
        if (result.options().stream().anyMatch(this::isBeyondThisMachine)) {
            lines.add("* more vCPUs than this machine's " + cpus.orElse(0) + ": this size cannot be imitated here.");
        }
        return lines;
    }

    private Optional<String> money() {
        CostReport costs = result.costs();
        MoneySaving saving = costs == null ? null : costs.saving();
        if (saving == null) {
            return Optional.empty();
        }
        String perMillion = "Saving: " + amount(saving.perMillion()) + " per million invocations"
                + interval(saving.perMillionLow(), saving.perMillionHigh());
        Double perMonth = saving.perMonth();
        String monthly = perMonth == null
                ? ""
                : ", " + amount(perMonth) + " a month" + interval(saving.perMonthLow(), saving.perMonthHigh());
        return Optional.of(perMillion + monthly + ".");
    }

    private String interval(@Nullable Double low, @Nullable Double high) {
        return low == null || high == null ? "" : " (" + amount(low) + " to " + amount(high) + ")";
    }

    private String amount(double money) {
        String sign = money < 0 ? "−" : "";
        return sign + Figures.currency(result.price().currency()) + Figures.money(Math.abs(money));
    }

    private Optional<String> declared() {
        return Optional.ofNullable(result.notes().declaration())
                .map(declared -> "Its memory size is declared in " + declared.place() + ": write \"" + declared.line()
                        + "\" there, or the next deployment puts the old size back.");
    }

    private static String promotion(@Nullable Promotion promotion) {
        if (promotion == null || promotion.status() == Promotion.Status.SKIPPED) {
            return "No alias was moved.";
        }
        if (FunctionConfiguration.LATEST.equals(promotion.alias())) {
            return promotion.status() == Promotion.Status.KEPT
                    ? "$LATEST stays: " + promotion.reason()
                    : "Applied: $LATEST has " + promotion.toMemoryMB() + " MB instead of " + promotion.fromMemoryMB()
                            + " MB.";
        }
        if (promotion.status() == Promotion.Status.KEPT) {
            return "Alias " + promotion.alias() + " stays: " + promotion.reason();
        }
        String to = "version " + promotion.toVersion() + " (" + promotion.toMemoryMB() + " MB)";
        return promotion.fromVersion() == null
                ? "Promoted: alias " + promotion.alias() + " was created at " + to + "."
                : "Promoted: alias " + promotion.alias() + " moved from version " + promotion.fromVersion() + " ("
                        + promotion.fromMemoryMB() + " MB) to " + to + ".";
    }

    private String spend() {
        Spend spend = result.spend();
        return "Spent: " + Figures.count(spend.invocations(), "invocation") + ", " + Figures.money(spend.gbSeconds())
                + " GB-s, "
                + Figures.currency(result.price().currency()) + Figures.money(spend.cost()) + " at "
                + result.price().region() + " " + result.price().architecture() + " prices of "
                + result.price().date() + (result.price().estimated() ? " (estimated)" : "") + "."
                + notes.comparedWithExhaustive(spend);
    }

    /** What our own steps cost, where they are billed, and whether others had to wait for them, or they for others. */
    private List<String> own() {
        CostReport costs = result.costs();
        if (costs == null) {
            return List.of();
        }
        TuningCost cost = costs.tuning();
        List<String> lines = new ArrayList<>();
        if (cost.tunerCalls() > 0) {
            lines.add("The tuning itself cost " + amount(cost.total()) + " with "
                    + Figures.count(cost.tunerCalls(), "call") + " of its own steps and "
                    + Figures.count(cost.transitionCount(), "state transition") + ".");
        }
        if (cost.throttledCalls() > 0) {
            lines.add("AWS refused " + Figures.count(cost.throttledCalls(), "call")
                    + " of its control plane because there were too many; they were made again later.");
        }
        return lines;
    }

    private OptionalInt cpus() {
        String cpus = result.environment().get(CPUS);
        return cpus == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(cpus));
    }

    private boolean isBeyondThisMachine(SizeOption option) {
        OptionalInt cpus = cpus();
        return cpus.isPresent() && option.vcpus() > cpus.getAsInt();
    }
}
