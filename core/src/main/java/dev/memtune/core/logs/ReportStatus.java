// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.logs;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How an invocation ended, as the platform states it: <a
 * href="https://docs.aws.amazon.com/lambda/latest/dg/telemetry-schema-reference.html">Telemetry schema</a>. A text report
 * states no status on success.
 */
public enum ReportStatus {
    /** The function answered. */
    SUCCESS,
    /** The function, its runtime or an extension failed. */
    ERROR,
    /** The platform failed. */
    FAILURE,
    /** The invocation ran into the function's time-out. */
    TIMEOUT;

    /** Returns the name that AWS and our own output use: lower case. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the status of that name in any case, or null if there is none. */
    static @Nullable ReportStatus parse(String wireName) {
        for (ReportStatus status : values()) {
            if (status.name().equalsIgnoreCase(wireName)) {
                return status;
            }
        }
        return null;
    }
}
