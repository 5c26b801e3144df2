// SPDX-License-Identifier: Apache-2.0
package dev.memtune.cli.logs;

import dev.memtune.core.logs.InvocationReport;
import dev.memtune.core.logs.LogSummary;
import dev.memtune.core.logs.MemorySummary;
import dev.memtune.core.logs.UnparsedCounts;
import dev.memtune.core.price.Cost;
import dev.memtune.core.price.GbSeconds;
import dev.memtune.core.price.Price;
import dev.memtune.core.price.Rate;
import dev.memtune.core.price.Rounding;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One line per invocation, and a table with one line per memory size. */
final class TextOutput implements LogOutput {
    /** An invocation may cost less than a hundred-millionth of a dollar only if it is billed less than 1 ms. */
    private static final int COST_DECIMALS = 8;

    private static final String HEADINGS = String.format(
            Locale.ROOT,
            "%8s %8s %6s %6s %15s %11s %11s %11s %9s  %s",
            "memory",
            "count",
            "cold",
            "errors",
            "billed mean",
            "p50",
            "p95",
            "p99",
            "max used",
            "cost");
    /** Control and invisible characters could move a terminal's cursor or forge a line. */
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cntrl}\\p{Cf}\\u0080-\\u009f\\u2028\\u2029]");

    private final LineOutput lines;
    private final Price price;

    TextOutput(LineOutput lines, Price price) {
        this.lines = lines;
        this.price = price;
    }

    @Override
    public void report(InvocationReport report) {
        lines.line(String.format(
                        Locale.ROOT,
                        "%-36s  %5d MB  billed %6d ms  duration %9s ms  used %5s MB  %s%s",
                        printable(report.requestId()),
                        report.memoryMB(),
                        report.billedMs(),
                        plain(report.durationMs()),
                        report.maxMemoryMB() == null ? "-" : report.maxMemoryMB(),
                        start(report),
                        end(report))
                .stripTrailing());
    }

    @Override
    public void end(LogSummary summary) {
        if (summary.bySize().isEmpty()) {
            lines.line("no report in this log");
        } else {
            table(summary);
        }
        unparsed(summary.unparsed());
    }

    private void table(LogSummary summary) {
        lines.line("");
        lines.line(HEADINGS);
        Cost total = Cost.zero(price.request().currency());
        for (MemorySummary size : summary.bySize()) {
            Cost cost = cost(size);
            total = total.plus(cost);
            lines.line(row(size, cost));
        }
        lines.line("");
        Rate rate = price.perGbSecond();
        lines.line("cost: " + total.shown(COST_DECIMALS) + ", at the rates of " + price.region() + " on "
                + price.architecture().wireName() + " of " + rate.source().date()
                + (rate.estimated() ? ", estimated: the region is not in the price table" : ""));
    }

    private String row(MemorySummary size, Cost cost) {
        return String.format(
                Locale.ROOT,
                "%5d MB %8d %6d %6d %12s ms %8d ms %8d ms %8d ms %6s MB  %s",
                size.memoryMB(),
                size.count(),
                size.cold(),
                size.errors(),
                Rounding.shown(size.billedMeanMs(), 2).toPlainString(),
                size.billedP50Ms(),
                size.billedP95Ms(),
                size.billedP99Ms(),
                size.maxMemoryMB() == null ? "-" : size.maxMemoryMB(),
                cost.shown(COST_DECIMALS));
    }

    private Cost cost(MemorySummary size) {
        return price.compute(GbSeconds.of(size.billedTotalMs(), size.memoryMB()))
                .plus(price.requests(size.count()));
    }

    private void unparsed(UnparsedCounts counts) {
        if (counts.total() + counts.imitated() + counts.tooLong() > 0) {
            lines.line("not counted: " + counts.total() + " invocations or lines without a usable report, "
                    + counts.imitated() + " imitated reports, " + counts.tooLong()
                    + " lines that are too long; --json says why");
        }
    }

    private static String start(InvocationReport report) {
        return switch (report.startMode()) {
            case WARM -> "warm";
            case COLD -> "cold" + phase(", init ", report.initMs()) + phase(", restore ", report.restoreMs());
        };
    }

    private static String phase(String name, @Nullable Double ms) {
        return ms == null ? "" : name + plain(ms) + " ms";
    }

    private static String end(InvocationReport report) {
        String type = report.errorType() == null ? "" : " " + printable(report.errorType());
        return report.isFailed() ? "  " + report.status().wireName() + type : "";
    }

    private static String printable(String text) {
        return UNPRINTABLE.matcher(text).replaceAll("?");
    }

    private static String plain(double ms) {
        BigDecimal value = BigDecimal.valueOf(ms);
        return value.stripTrailingZeros().scale() <= 0 ? value.toBigInteger().toString() : value.toPlainString();
    }
}
