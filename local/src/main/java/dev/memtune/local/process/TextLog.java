// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.process;

import java.util.Locale;

/** Lambda's text format. */
final class TextLog implements PlatformLog {
    private final RunnableVersion version;
    private final StringBuilder text = new StringBuilder();

    TextLog(RunnableVersion version) {
        this.version = version;
    }

    @Override
    public void output(String lines) {
        text.append(lines);
    }

    @Override
    public void append(String lines) {
        text.append(lines);
    }

    @Override
    public void initStart() {
        boolean restore = version.hosting().initialization() == Initialization.SNAP_START;
        text.append(restore ? "RESTORE_START" : "INIT_START")
                .append(" Runtime Version: ")
                .append(version.runtime())
                .append(".local\n");
    }

    @Override
    public void initDone(double ms) {
        if (version.hosting().initialization() != Initialization.ON_DEMAND) {
            text.append(String.format(Locale.ROOT, "INIT_REPORT Init Duration: %.2f ms\tPhase: init\n", ms));
        }
    }

    @Override
    public void restored(double ms) {
        text.append(String.format(Locale.ROOT, "RESTORE_REPORT Restore Duration: %.2f ms\n", ms));
    }

    @Override
    public void initFailed(double ms, String phase, Report.Failure failure) {
        text.append(Report.failedInit(ms, phase, failure));
    }

    @Override
    public void start(String requestId) {
        text.append("START RequestId: ")
                .append(requestId)
                .append(" Version: ")
                .append(version.version())
                .append('\n');
    }

    @Override
    public void end(Report report, String epilogue) {
        text.append("END RequestId: ").append(report.requestId()).append('\n');
        text.append(report.text()).append(epilogue);
    }

    @Override
    public String text() {
        return text.toString();
    }
}
