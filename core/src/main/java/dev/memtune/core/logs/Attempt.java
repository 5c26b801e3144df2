// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.logs;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One of the times that a request was run. An asynchronous event is run again under the same request id when it fails, and
 * now and then although it did not.
 *
 * @param version the version that ran; null where the log does not tell
 * @param report what the platform reported of it
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html">retries of events</a>
 */
public record Attempt(@Nullable String version, InvocationReport report) {
    private static final Pattern TEXT_START = Pattern.compile("START RequestId: (\\S+) Version: (\\S+)");
    private static final Pattern JSON_VERSION = Pattern.compile("\"version\"\\s*:\\s*\"([^\"]{1,64})\"");

    /** Checks what must be there. */
    public Attempt {
        Objects.requireNonNull(report, "report");
    }

    /**
     * Every attempt of a request that has ended, in the order of the log.
     *
     * @param log what one environment logged after another, lines of other requests included
     */
    public static List<Attempt> allOf(String requestId, byte[] log) {
        List<Attempt> attempts = new ArrayList<>();
        StringBuilder lines = new StringBuilder();
        String version = null;
        for (String line : new String(log, StandardCharsets.UTF_8).split("\n", -1)) {
            String begun = startedVersion(requestId, line);
            if (begun != null) {
                add(attempts, requestId, version, lines);
                version = begun;
                lines.setLength(0);
            }
            lines.append(line).append('\n');
        }
        add(attempts, requestId, version, lines);
        return List.copyOf(attempts);
    }

    private static @Nullable String startedVersion(String requestId, String line) {
        Matcher text = TEXT_START.matcher(line);
        if (text.lookingAt()) {
            return text.group(1).equals(requestId) ? text.group(2) : null;
        }
        boolean json =
                line.startsWith("{") && line.contains("\"platform.start\"") && line.contains('"' + requestId + '"');
        Matcher version = JSON_VERSION.matcher(line);
        return json && version.find() ? version.group(1) : null;
    }

    private static void add(List<Attempt> attempts, String requestId, @Nullable String version, StringBuilder lines) {
        // An empty line first, because a tail's first one is not believed.
        byte[] own = ("\n" + lines).getBytes(StandardCharsets.UTF_8);
        if (LogTail.of(own).find(requestId, SystemLogLevel.UNKNOWN) instanceof ReportLookup.Found found) {
            attempts.add(new Attempt(version, found.report()));
        }
    }
}
