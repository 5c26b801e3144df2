// SPDX-License-Identifier: Apache-2.0
package dev.memtune.report;

import dev.memtune.core.wire.CheckResult;
import dev.memtune.core.wire.CheckedGate;
import dev.memtune.core.wire.CheckedVersion;
import dev.memtune.core.wire.Promotion;
import dev.memtune.core.wire.Spend;
import dev.memtune.core.wire.TuningCost;
import dev.memtune.report.TextTable.Column;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A check's result for a terminal. */
public final class CheckText {
    private static final String UNKNOWN = "–";

    private CheckText() {}

    /** The lines. */
    public static List<String> of(CheckResult result) {
        List<String> lines = new ArrayList<>();
        lines.add(result.function());
        lines.add("");
        lines.addAll(versions(result));
        lines.add("");
        lines.addAll(gates(result));
        lines.add("");
        lines.add(result.statement());
        lines.add(promotion(result.promotion()));
        lines.add(spend(result));
        TuningCost cost = result.cost();
        if (cost != null && cost.tunerCalls() > 0) {
            lines.add("The check itself cost " + Figures.currency(result.price().currency())
                    + Figures.money(cost.total()) + " with " + Figures.count(cost.tunerCalls(), "call")
                    + " of its own steps and " + Figures.count(cost.transitionCount(), "state transition") + ".");
        }
        return lines;
    }

    private static List<String> versions(CheckResult result) {
        TextTable table = new TextTable(List.of(
                Column.left("version"),
                Column.right("MB"),
                Column.right("calls"),
                Column.right("mean ms"),
                Column.right("p50 ms"),
                Column.right("p95 ms"),
                Column.right(Figures.currency(result.price().currency()).strip() + "/million")));
        table.row(row("candidate", result.candidate()));
        table.row(row("baseline", result.baseline()));
        return table.lines();
    }

    private static List<String> row(String side, CheckedVersion version) {
        return List.of(
                side + " " + label(version),
                Integer.toString(version.memoryMB()),
                version.measured() + (version.cold() > 0 ? " (" + version.cold() + " cold)" : ""),
                ms(version.durationMeanMs()),
                ms(version.durationP50Ms()),
                ms(version.durationP95Ms()),
                version.costPerMillion() == null ? UNKNOWN : Figures.money(version.costPerMillion()));
    }

    /** How a version was called, and its number where that says more. */
    static String label(CheckedVersion version) {
        String number = version.version();
        return number == null || number.equals(version.name()) ? version.name() : version.name() + " (" + number + ")";
    }

    private static String ms(@Nullable Double ms) {
        return ms == null ? UNKNOWN : Figures.ms(ms);
    }

    private static List<String> gates(CheckResult result) {
        TextTable table = new TextTable(List.of(Column.left("gate"), Column.left("verdict"), Column.left("")));
        for (CheckedGate gate : result.gates()) {
            table.row(List.of(gate.gate(), gate.verdict().wireName(), gate.statement()));
        }
        return table.lines();
    }

    private static String promotion(@Nullable Promotion promotion) {
        if (promotion == null || promotion.status() == Promotion.Status.SKIPPED) {
            return "No alias was moved.";
        }
        return promotion.status() == Promotion.Status.KEPT
                ? "Alias " + promotion.alias() + " stays: " + promotion.reason()
                : "Promoted: alias " + promotion.alias() + " now points to version " + promotion.toVersion() + ".";
    }

    private static String spend(CheckResult result) {
        Spend spend = result.spend();
        return "Spent: " + Figures.count(spend.invocations(), "invocation") + ", " + Figures.money(spend.gbSeconds())
                + " GB-s, " + Figures.currency(result.price().currency()) + Figures.money(spend.cost()) + ".";
    }
}
