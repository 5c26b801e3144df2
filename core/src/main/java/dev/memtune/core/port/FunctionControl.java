// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.port;

import dev.memtune.core.function.AccountLimits;
import dev.memtune.core.function.AliasConfiguration;
import dev.memtune.core.function.FunctionConfiguration;
import dev.memtune.core.function.ProvisionedConcurrency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The control plane of AWS Lambda, as far as tuning needs it. {@code function} is a name or an unqualified ARN.
 *
 * <p>Every method may throw any {@link LambdaFault}. Reads are retried by the adapter within its bound; a changing call is
 * made at most once per method call, unless AWS said that it was not done (429). Safe for use by many threads.
 */
public interface FunctionControl {

    /** Reads the configuration behind a qualifier: a version, an alias or {@code $LATEST}. */
    FunctionConfiguration configuration(String function, String qualifier);

    /**
     * Sets the memory size of {@code $LATEST} and nothing else.
     *
     * @param revisionId the revision this change rests on; null sends none
     * @return the configuration as answered; its update is usually still in progress
     */
    FunctionConfiguration updateMemory(String function, int memoryMB, @Nullable String revisionId);

    /**
     * Sets the memory size and the system log level of {@code $LATEST} and nothing else.
     *
     * @param systemLogLevel as in {@link FunctionConfiguration#systemLogLevel}; only for functions that have one
     * @param revisionId the revision this change rests on; null sends none
     * @return the configuration as answered; its update is usually still in progress
     */
    FunctionConfiguration updateMemoryAndLogLevel(
            String function, int memoryMB, String systemLogLevel, @Nullable String revisionId);

    /**
     * Publishes {@code $LATEST}. AWS returns the last published version, with its own description, if nothing changed since.
     *
     * @param codeSha256 publish only this code; null sends none
     */
    FunctionConfiguration publishVersion(
            String function, @Nullable String codeSha256, @Nullable String revisionId, String description);

    /** Deletes one published version. Never sent without a qualifier. A version that is gone counts as deleted. */
    void deleteVersion(String function, String version);

    /** Every version, {@code $LATEST} included, in AWS's order. */
    List<FunctionConfiguration> versions(String function);

    /** The alias, or empty if there is none of this name. */
    Optional<AliasConfiguration> alias(String function, String name);

    /** Every alias of the function. */
    List<AliasConfiguration> aliases(String function);

    /** Creates an alias; {@link LambdaFault.Conflict} if the name is taken: an atomic lock. */
    AliasConfiguration createAlias(String function, String name, String version, String description);

    /**
     * Points an alias to a version and clears its weights.
     *
     * @param description null leaves it
     * @param revisionId the revision this change rests on; null sends none
     */
    AliasConfiguration updateAlias(
            String function, String name, String version, @Nullable String description, @Nullable String revisionId);

    /** Deletes an alias. An alias that is gone counts as deleted. */
    void deleteAlias(String function, String name);

    /** The function's reserved concurrency, or empty if it has none, or if it is not told or may not be read. */
    OptionalInt reservedConcurrency(String function);

    /** The account's limits, each empty if it is not told or may not be read. */
    AccountLimits accountLimits();

    /** The environments kept ready behind a qualifier; empty if none are, or if it is not told or may not be read. */
    Optional<ProvisionedConcurrency> provisionedConcurrency(String function, String qualifier);

    /**
     * What seems to call {@code $LATEST} itself, a short phrase each, such as {@code the event source mapping of ARN}; empty
     * if nothing seems to, or if it is not told or may not be read.
     */
    List<String> callersOfLatest(String function);

    /**
     * Where failures of asynchronous invocations of any version or alias are sent, as ARNs, without the dead-letter target
     * that the configuration itself names; empty if nowhere, or if it is not told.
     *
     * @throws LambdaFault.Denied if it may not be read: that is not the same as there being none
     */
    List<String> failureDestinations(String function);

    /**
     * Lets asynchronous invocations of an alias run once and go nowhere when they fail: no retries, no destinations.
     * Repeating it changes nothing.
     */
    void stopRetries(String function, String alias);

    /** Takes that back, as far as it was set. */
    void forgetRetries(String function, String alias);

    /**
     * The function's tags; empty if it has none, or if the endpoint knows no tags.
     *
     * @throws LambdaFault.Denied if they may not be read: that is not the same as having none
     */
    Map<String, String> tags(String functionArn);
}
