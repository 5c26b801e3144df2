// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.wire;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the input says of how the function may be treated. Every "allow" is a risk that the run refuses by default.
 *
 * @param allowWeightedAlias whether an alias that splits its calls may be promoted, which ends the split
 * @param allowUnreadyConcurrency whether an alias may be promoted while its provisioned concurrency is not ready
 * @param allowCodeDeploy whether an alias of a function that a CloudFormation stack declares may be promoted while it splits
 *     its calls, as AWS CodeDeploy lets it; the deployment fails then
 * @param allowDestinations whether failures of measured asynchronous invocations may reach a dead-letter target
 * @param asynchronous whether to measure by asynchronous invocations, whose reports are read from the function's logs
 * @param tenantId the tenant that measured invocations name; null for a function without tenant isolation
 * @param assumeRoleArn the role to assume for every call about the function; null for the caller's own
 * @param waitForTurn whether the run waits while another holds the function, or while as many run as may at once
 */
public record TargetTerms(
        boolean allowWeightedAlias,
        boolean allowUnreadyConcurrency,
        boolean allowCodeDeploy,
        boolean allowDestinations,
        boolean asynchronous,
        @Nullable String tenantId,
        @Nullable String assumeRoleArn,
        boolean waitForTurn) {
    /** Nothing is allowed and nothing is special. */
    public static final TargetTerms NONE = new TargetTerms(false, false, false, false, false, null, null, false);

    /** The same, measured by asynchronous invocations. */
    public TargetTerms asynchronously() {
        return new TargetTerms(
                allowWeightedAlias,
                allowUnreadyConcurrency,
                allowCodeDeploy,
                allowDestinations,
                true,
                tenantId,
                assumeRoleArn,
                waitForTurn);
    }

    /** The terms, {@link #NONE} for the record of a run that an earlier release began. */
    static TargetTerms orNone(@Nullable TargetTerms terms) {
        return Objects.requireNonNullElse(terms, NONE);
    }
}
