// SPDX-License-Identifier: Apache-2.0
package dev.memtune.report;

import dev.memtune.core.wire.SearchNote;
import dev.memtune.core.wire.SearchNote.Advice;
import dev.memtune.core.wire.SearchNote.ExhaustiveNote;
import dev.memtune.core.wire.SearchNote.FasterStep;
import dev.memtune.core.wire.Spend;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** How an answer was found, and what to know before acting upon it, as a terminal shows it. */
final class NotesText {
    private static final int MAX_STEPS = 4;

    private final SearchNote search;
    private final String currency;

    /** @param currency the sign or code that goes before amounts */
    NotesText(SearchNote search, String currency) {
        this.search = search;
        this.currency = currency;
    }

    /** What the curve says about the function, and what it costs to be faster. */
    List<String> aboutTheFunction() {
        List<String> lines = new ArrayList<>();
        search.findings()
                .forEach(finding -> lines.add("The function: " + finding.advice() + " (" + finding.evidence() + ")."));
        if (!search.fasterSteps().isEmpty()) {
            String steps = search.fasterSteps().stream()
                    .limit(MAX_STEPS)
                    .map(this::step)
                    .collect(Collectors.joining(", "));
            lines.add("To be faster, per million: " + steps + ".");
        }
        return lines;
    }

    private String step(FasterStep step) {
        return step.fromMB() + " → " + step.toMB() + " MB " + money(step.addedCostPerMillion()) + " for "
                + Figures.ms(step.savedMs()) + " ms (" + money(step.costPerMs()) + " a ms)";
    }

    private String money(double amount) {
        return (amount < 0 ? "−" : "") + currency + Figures.money(Math.abs(amount));
    }

    /** What bears on how far the answer can be trusted. */
    List<String> aboutTheAnswer() {
        List<String> lines = new ArrayList<>();
        for (Advice flag : search.flags()) {
            lines.add("Note: " + flag.evidence() + "; " + flag.advice() + " [" + flag.name() + "].");
        }
        if (!search.skippedMB().isEmpty()) {
            lines.add("Not measured, because after the others they could not be best: " + sizes(search.skippedMB())
                    + ".");
        }
        return lines;
    }

    private static String sizes(List<Integer> sizes) {
        return sizes.stream().map(size -> size + " MB").collect(Collectors.joining(", "));
    }

    /** What measuring every size would have taken; empty if that is what was done, or nothing was spent. */
    String comparedWithExhaustive(Spend spend) {
        ExhaustiveNote exhaustive = search.exhaustive();
        if (exhaustive == null || spend.gbSeconds() <= 0) {
            return "";
        }
        double times = exhaustive.gbSeconds() / spend.gbSeconds();
        return " " + exhaustive.invocationsPerSize() + " at every named size would have been "
                + exhaustive.invocations() + " invocations and at least " + money(exhaustive.cost())
                + String.format(Locale.ROOT, ", %.1f times as many GB-s.", times);
    }
}
