// SPDX-License-Identifier: Apache-2.0
package dev.memtune.report;

import dev.memtune.core.wire.CheckResult;
import dev.memtune.core.wire.CheckedGate;
import dev.memtune.core.wire.CheckedVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A check's result as Markdown, for a pipeline's summary or a comment: the verdict first, the figures below. */
public final class CheckMarkdown {
    private CheckMarkdown() {}

    /** The document, with a line end. */
    public static String of(CheckResult result) {
        List<String> lines = new ArrayList<>();
        lines.add("**" + escaped(result.function()) + ": "
                + result.verdict().wireName().toUpperCase(Locale.ROOT) + "** " + escaped(result.statement()));
        lines.add("");
        lines.add("| Gate | Limit | Verdict | Measured |");
        lines.add("|---|---:|---|---|");
        for (CheckedGate gate : result.gates()) {
            lines.add("| " + gate.gate() + " | " + limit(gate) + " | "
                    + gate.verdict().wireName() + " | " + escaped(gate.statement()) + " |");
        }
        lines.add("");
        String currency = Figures.currency(result.price().currency()).strip();
        lines.add("| Version | MB | Invocations | Mean ms | p95 ms | " + currency + " per million |");
        lines.add("|---|---:|---:|---:|---:|---:|");
        lines.add(row("candidate", result.candidate()));
        lines.add(row("baseline", result.baseline()));
        return String.join("\n", lines) + "\n";
    }

    /** The document of a check that ended without a result. */
    public static String ofError(String function, String message) {
        return "**" + escaped(function) + ": no result** " + escaped(message) + "\n";
    }

    private static String row(String side, CheckedVersion version) {
        Double perMillion = version.costPerMillion();
        return "| " + side + " " + escaped(CheckText.label(version)) + " | " + version.memoryMB() + " | "
                + version.measured() + " | " + ms(version.durationMeanMs()) + " | " + ms(version.durationP95Ms())
                + " | "
                + (perMillion == null ? "" : Figures.money(perMillion)) + " |";
    }

    private static String limit(CheckedGate gate) {
        return gate.gate().endsWith("increase")
                ? Figures.percent(100 * gate.limit())
                : String.format(Locale.ROOT, "%s", gate.limit());
    }

    private static String ms(@Nullable Double ms) {
        return ms == null ? "" : Figures.ms(ms);
    }

    /** What a stranger may have written must neither break the table nor be read as markup. */
    private static String escaped(String text) {
        return text.replaceAll("[\\p{Cntrl}\u2028\u2029]", " ").replaceAll("[\\\\`*_{}\\[\\]<>()#+!|~@]", "\\\\$0");
    }
}
