// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.logs;

import static java.util.Objects.requireNonNull;

/** What a search for the report of one invocation came to. */
public sealed interface ReportLookup {

    /**
     * The report is there.
     *
     * @param report the report of the invocation that was asked for
     */
    record Found(InvocationReport report) implements ReportLookup {
        /** @throws NullPointerException if the report is null */
        public Found {
            requireNonNull(report, "report");
        }
    }

    /**
     * There is no usable report.
     *
     * @param reason why not
     * @param detail one sentence for people, without any of the function's own output
     */
    record Missing(MissingReason reason, String detail) implements ReportLookup {
        /** @throws NullPointerException if either is null */
        public Missing {
            requireNonNull(reason, "reason");
            requireNonNull(detail, "detail");
        }
    }
}
