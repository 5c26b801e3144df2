// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.function;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What GetFunctionConfiguration says of {@code $LATEST} or of a version, as far as Memtune looks at it.
 *
 * @param functionArn the unqualified ARN
 * @param functionName the name alone
 * @param version a number or {@code $LATEST}
 * @param memoryMB the configured memory size; 128 to 10,240, more on managed instances
 * @param timeoutSeconds the configured time-out, 1 to 900
 * @param description the version's description, empty if it has none
 * @param codeSha256 the deployed code's hash, base64; null where an endpoint does not tell
 * @param revisionId changes with every update; null where an endpoint does not tell
 * @param architecture {@code x86_64} or {@code arm64}
 * @param runtime the runtime identifier; null for container images
 * @param state {@code Active}, {@code Pending}, … as AWS spells it; newer states than we know are kept as they are
 * @param lastUpdateStatus {@code Successful}, {@code InProgress} or {@code Failed}
 * @param lastUpdateReason why an update failed; null if it did not
 * @param logFormat {@code Text} or {@code JSON}
 * @param systemLogLevel {@code INFO}, {@code WARN}, …; null for the text format
 * @param logGroup the CloudWatch log group that its logs go to; null where an endpoint does not tell
 * @param settingsDigest a hash over every other setting (environment, layers, role, handler, …) without memory size,
 *     description, system log level, revision, times and states: equal digests mean that nothing else was changed
 * @param untunableReason why this kind of function cannot be tuned (managed instances, durable, …); null if it can
 * @param traits settings that bear on how it may be tuned
 */
public record FunctionConfiguration(
        String functionArn,
        String functionName,
        String version,
        int memoryMB,
        int timeoutSeconds,
        String description,
        @Nullable String codeSha256,
        @Nullable String revisionId,
        String architecture,
        @Nullable String runtime,
        String state,
        String lastUpdateStatus,
        @Nullable String lastUpdateReason,
        String logFormat,
        @Nullable String systemLogLevel,
        @Nullable String logGroup,
        String settingsDigest,
        @Nullable String untunableReason,
        FunctionTraits traits) {
    /** The version name of the unpublished code and configuration. */
    public static final String LATEST = "$LATEST";

    private static final int REGION = 3;

    /** Checks what must be there. The record of a run that an earlier release began has no traits. */
    public FunctionConfiguration {
        Objects.requireNonNull(functionArn, "functionArn");
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(settingsDigest, "settingsDigest");
        traits = Objects.requireNonNullElse(traits, FunctionTraits.NONE);
    }

    /** Whether no update is under way. */
    public boolean isSettled() {
        return !lastUpdateStatus.equals("InProgress");
    }

    /** Whether this version can be invoked. */
    public boolean isActive() {
        return state.equals("Active");
    }

    /** Whether code and every setting but memory size, description and revision are the same. */
    public boolean hasSameCodeAndSettings(FunctionConfiguration other) {
        return differsAtMostInLogLevel(other) && Objects.equals(systemLogLevel, other.systemLogLevel);
    }

    /** The same, where trial versions have another system log level than the function's own. */
    public boolean differsAtMostInLogLevel(FunctionConfiguration other) {
        return Objects.equals(codeSha256, other.codeSha256) && settingsDigest.equals(other.settingsDigest);
    }

    /** From the ARN, {@code arn:partition:lambda:region:account:function:name}; else a name that no region has. */
    public String region() {
        String[] parts = functionArn.split(":", -1);
        return parts.length > REGION ? parts[REGION] : "unknown";
    }

    /**
     * Whether the system log level hides the reports of successful invocations.
     *
     * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-log-level.html">log levels</a>
     */
    public boolean hidesReports() {
        return "WARN".equals(systemLogLevel);
    }
}
