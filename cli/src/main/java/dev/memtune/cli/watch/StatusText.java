// SPDX-License-Identifier: Apache-2.0
package dev.memtune.cli.watch;

import dev.memtune.core.registry.AlgorithmItem;
import dev.memtune.core.registry.StatusChange;
import dev.memtune.core.registry.TuningSummary;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Says how far algorithms have come. */
final class StatusText {
    private StatusText() {}

    /** A line for each. */
    static List<String> table(List<AlgorithmItem> items) {
        if (items.isEmpty()) {
            return List.of("Nothing was uploaded yet.");
        }
        return items.stream()
                .map(item -> String.format(
                                Locale.ROOT,
                                "%-24s  %-8s  %8s  %s  %s",
                                item.name(),
                                item.status(),
                                size(item),
                                time(item.history().getLast()),
                                firstLine(item.history().getLast().note()))
                        .stripTrailing())
                .toList();
    }

    /** Everything about one. */
    static List<String> details(AlgorithmItem item) {
        List<String> lines = new ArrayList<>();
        lines.add(item.name() + ": " + item.status() + " since "
                + time(item.history().getLast()));
        lines.add("  upload    " + item.upload().key() + ", version "
                + item.upload().versionId());
        lines.add("  attempt   " + item.attempt());
        item.problems().forEach(problem -> lines.add("  problem   " + problem));
        TuningSummary tuning = item.tuning();
        if (tuning != null) {
            lines.add("  tuning    run " + tuning.runId() + (tuning.memoryMB() == null ? "" : ", best " + size(item)));
            tuning.sentence().lines().forEach(line -> lines.add("            " + line));
            if (tuning.report() != null) {
                lines.add("  report    " + tuning.report());
            }
            if (tuning.version() != null) {
                lines.add("  prod      version " + tuning.version()
                        + (tuning.previousVersion() == null ? "" : ", before it " + tuning.previousVersion()));
            }
        }
        return lines;
    }

    /** A line for each change. */
    static List<String> history(AlgorithmItem item) {
        return item.history().stream().map(StatusText::line).toList();
    }

    private static String line(StatusChange change) {
        return String.format(
                        Locale.ROOT,
                        "%s  %-8s  attempt %d  %s",
                        time(change),
                        change.status(),
                        change.attempt(),
                        firstLine(change.note()))
                .stripTrailing();
    }

    private static String size(AlgorithmItem item) {
        TuningSummary tuning = item.tuning();
        return tuning == null || tuning.memoryMB() == null ? "" : tuning.memoryMB() + " MB";
    }

    private static String time(StatusChange change) {
        return change.at().truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }
}
