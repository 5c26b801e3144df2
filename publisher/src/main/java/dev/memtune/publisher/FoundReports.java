// SPDX-License-Identifier: Apache-2.0
package dev.memtune.publisher;

import dev.memtune.core.change.Patience;
import dev.memtune.core.function.FunctionConfiguration;
import dev.memtune.core.logs.InvocationReport;
import dev.memtune.core.logs.StartMode;
import dev.memtune.core.port.FunctionControl;
import dev.memtune.core.port.ReportSource;
import dev.memtune.core.run.Arm;
import dev.memtune.core.run.Run;
import dev.memtune.core.sample.Sample;
import dev.memtune.core.search.Measurement;
import dev.memtune.core.wire.FoundSamples;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Looks for past invocations in the function's own logs. Only those of published versions with the run's code and settings
 * count, each as one of its version's size: a version never changes, while what {@code $LATEST} was at an earlier time nobody
 * can tell. So the size that an alias serves is found even where {@code $LATEST} has another. Cold starts are left out,
 * because they come in a mix of their own there.
 */
final class FoundReports {
    /** The latest of all sizes; as many as the longest argument about one size takes. */
    private static final int MOST = 100;

    private static final Duration LOOK_BACK = Duration.ofDays(14);
    private static final String PAYLOAD_NAME = "logs";

    private final FunctionControl control;
    private final ReportSource history;

    FoundReports(FunctionControl control, ReportSource history) {
        this.control = control;
        this.history = history;
    }

    FoundSamples of(Run run, Patience patience) {
        String group = run.before().logGroup();
        Map<String, Integer> sizes = sizesByVersion(run, patience);
        if (group == null || sizes.isEmpty()) {
            return new FoundSamples(
                    List.of(),
                    "no published version has the code and the settings of the function as it is, so nothing in its logs is"
                            + " comparable; what $LATEST was when it was invoked nobody can tell: publish a version and"
                            + " invoke that");
        }
        ReportSource.Past answer = history.past(
                new ReportSource.Lookback(group, sizes.keySet(), run.startedAt().minus(LOOK_BACK), MOST));
        List<Sample> samples = new ArrayList<>();
        for (InvocationReport report : answer.reports()) {
            boolean isOfSize = sizes.containsValue(report.memoryMB());
            if (isOfSize && !report.isFailed() && report.startMode() == StartMode.WARM) {
                samples.add(sample(report, samples.size()));
            }
        }
        return new FoundSamples(samples, answer.trouble());
    }

    private Map<String, Integer> sizesByVersion(Run run, Patience patience) {
        return patience.read("listing versions of " + run.function(), () -> control.versions(run.function())).stream()
                .filter(version -> !version.version().equals(FunctionConfiguration.LATEST))
                .filter(version -> version.hasSameCodeAndSettings(run.before()))
                .collect(Collectors.toMap(FunctionConfiguration::version, FunctionConfiguration::memoryMB));
    }

    private static Sample sample(InvocationReport report, int index) {
        return new Sample(
                Arm.ofSize(report.memoryMB()).id(),
                Measurement.FOUND,
                index,
                PAYLOAD_NAME,
                Sample.Outcome.MEASURED,
                report.requestId(),
                report.durationMs(),
                report.billedMs(),
                report.memoryMB(),
                report.maxMemoryMB(),
                null,
                null,
                null,
                null,
                true,
                false);
    }
}
