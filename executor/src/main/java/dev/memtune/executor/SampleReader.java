// SPDX-License-Identifier: Apache-2.0
package dev.memtune.executor;

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
        Sample sample = read(purchase, response, finding.lookup());
        return finding.fromLogs() ? sample.withReportFromLogs() : sample;
    }

    private Sample read(Purchase purchase, Response response, ReportLookup lookup) {
        InvocationReport report = lookup instanceof ReportLookup.Found found ? found.report() : null;
        FunctionFailure failure = failure(response, report);
        String version = response.executedVersion();
        if (version != null && !version.equals(arm.version())) {
            String why = "version " + version + " ran, not " + arm.version();
            return sample(purchase, response, Outcome.DISCARDED, report, failure, why);
        }
        if (failure != null && !allowedErrors.contains(failure.type())) {
            return sample(purchase, response, Outcome.FAILED, report, failure, failure.message());
        }
        if (lookup instanceof ReportLookup.Missing missing) {
            return sample(
                    purchase, response, Outcome.UNPARSED, null, failure, missing.reason() + ": " + missing.detail());
        }
        if (report != null && report.memoryMB() != arm.memoryMB()) {
            String why = "the report names " + report.memoryMB() + " MB, not " + arm.memoryMB() + " MB";
            return sample(purchase, response, Outcome.DISCARDED, report, failure, why);
        }
        return sample(purchase, response, Outcome.MEASURED, report, failure, null);
    }

    private static @Nullable FunctionFailure failure(Response response, @Nullable InvocationReport report) {
        boolean failed = response.functionError() != null || (report != null && report.isFailed());
        return failed ? FunctionFailure.read(response.payload(), report) : null;
    }

    private static Sample sample(
            Purchase purchase,
            Response response,
            Outcome outcome,
            @Nullable InvocationReport report,
            @Nullable FunctionFailure failure,
            @Nullable String message) {
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
                message == null ? null : Excerpt.of(message));
    }
}
