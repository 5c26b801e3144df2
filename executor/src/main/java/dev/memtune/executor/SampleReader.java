// SPDX-License-Identifier: Apache-2.0
package dev.memtune.executor;

import dev.memtune.core.logs.Attempt;
import dev.memtune.core.logs.InvocationReport;
import dev.memtune.core.logs.ReportLookup;
import dev.memtune.core.port.FunctionInvoker.Response;
import dev.memtune.core.run.Arm;
import dev.memtune.core.sample.Sample;
import dev.memtune.core.sample.Sample.Outcome;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes samples of answers; only what ran the arm's own version and memory size can be measured. */
final class SampleReader {
    private final Arm arm;
    private final Reports reports;
    private final List<String> allowedErrors;

    /**
     * Creates a reader.
     *
     * @param arm published
     * @param reports finds them
     * @param allowedErrors error types that count as normal samples
     */
    SampleReader(Arm arm, Reports reports, List<String> allowedErrors) {
        this.arm = arm;
        this.reports = reports;
        this.allowedErrors = List.copyOf(allowedErrors);
    }

    /** Whether the function did what is measured, as far as its answer tells. */
    boolean isSuccess(Response response) {
        FunctionFailure failure = failure(response, null);
        return failure == null || allowedErrors.contains(failure.type());
    }

    Sample read(Purchase purchase, Response response) throws InterruptedException {
        Reports.Finding finding = reports.find(response);
        return read(purchase, response, finding);
    }

    /** The sample of an event, whose answer nobody saw: its report and the version that ran tell what became of it. */
    Sample read(Purchase purchase, String requestId, Attempt attempt) {
        String error = attempt.report().isFailed() ? "Unhandled" : null;
        Response response = new Response(requestId, error, new byte[0], new byte[0], attempt.version());
        return read(purchase, response, new Reports.Finding(new ReportLookup.Found(attempt.report()), true));
    }

    private Sample read(Purchase purchase, Response response, Reports.Finding finding) {
        InvocationReport report = finding.report();
        FunctionFailure failure = failure(response, report);
        Reading reading = new Reading(purchase, response, finding, failure);
        String version = response.executedVersion();
        if (version != null && !version.equals(arm.version())) {
            return reading.sample(Outcome.DISCARDED, "version " + version + " ran, not " + arm.version());
        }
        if (failure != null && !allowedErrors.contains(failure.type())) {
            return reading.sample(Outcome.FAILED, failure.message());
        }
        if (finding.lookup() instanceof ReportLookup.Missing missing) {
            return reading.sample(Outcome.UNPARSED, missing.reason() + ": " + missing.detail());
        }
        if (report != null && report.memoryMB() != arm.memoryMB()) {
            String why = "the report names " + report.memoryMB() + " MB, not " + arm.memoryMB() + " MB";
            return reading.sample(Outcome.DISCARDED, why);
        }
        return reading.sample(Outcome.MEASURED, null);
    }

    private static @Nullable FunctionFailure failure(Response response, @Nullable InvocationReport report) {
        boolean failed = response.functionError() != null || (report != null && report.isFailed());
        return failed ? FunctionFailure.read(response.payload(), report) : null;
    }

    /** Everything that is known of an invocation. */
    private record Reading(
            Purchase purchase,
            Response response,
            Reports.Finding finding,
            @Nullable FunctionFailure failure) {
        Sample sample(Outcome outcome, @Nullable String message) {
            InvocationReport report = finding.report();
            return new Sample(
                    purchase.armId(),
                    purchase.round(),
                    purchase.index(),
                    purchase.payloadName(),
                    outcome,
                    response.requestId(),
                    report == null ? null : report.durationMs(),
                    report == null ? null : report.billedMs(),
                    report == null ? null : report.memoryMB(),
                    report == null ? null : report.maxMemoryMB(),
                    report == null ? null : report.initMs(),
                    report == null ? null : report.restoreMs(),
                    failure == null ? null : failure.type(),
                    message == null ? null : Excerpt.of(message),
                    finding.fromLogs(),
                    report != null && report.initRepeated());
        }
    }
}
