// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A checked input. The names in JSON are those of AWS Lambda Power Tuning where it has them.
 *
 * @param function name or ARN of the function, possibly qualified; {@code lambdaARN} in JSON
 * @param powerValues the memory sizes to measure in MB, each once, ascending; empty for a check
 * @param invocationCount invocations per size, at least 1; where the policy searches, the most per size; {@code num} in JSON
 * @param policy how sizes and samples are chosen
 * @param strategy what "best" means
 * @param balancedWeight for {@link Strategy#BALANCED}: 0 (duration) to 1 (cost)
 * @param payloads the events, at least one; stored apart from the run's record
 * @param parallel whether the invocations of one size may overlap; {@code parallelInvocation} in JSON
 * @param concurrency the most invocations at once over all sizes; null for the default bound
 * @param promote whether the best size is to be put into effect; {@code autoOptimize} in JSON
 * @param promoteAlias the alias to move; null to write the size to {@code $LATEST}; {@code autoOptimizeAlias} in JSON
 * @param allowedErrors error types of the function that count as normal samples; {@code allowedExceptions} in JSON
 * @param seed the seed of every random choice of the run
 * @param limits what the answer has to keep to, and what finding it may cost
 * @param procedure how invocations are made
 * @param terms how the function may be treated
 * @param pricing what is said of money
 * @param check the comparison that is asked for instead of a tuning; null for a tuning
 */
public record TuningInput(
        @JsonProperty("lambdaARN") String function,
        List<Integer> powerValues,
        @JsonProperty("num") int invocationCount,
        SearchPolicy policy,
        Strategy strategy,
        double balancedWeight,
        List<NamedPayload> payloads,
        @JsonProperty("parallelInvocation") boolean parallel,
        @Nullable Integer concurrency,
        @JsonProperty("autoOptimize") boolean promote,
        @JsonProperty("autoOptimizeAlias") @Nullable String promoteAlias,
        @JsonProperty("allowedExceptions") List<String> allowedErrors,
        long seed,
        SearchLimits limits,
        Procedure procedure,
        TargetTerms terms,
        Pricing pricing,
        @Nullable CheckInput check) {
    /** Copies the lists. */
    public TuningInput {
        Objects.requireNonNull(function, "function");
        Objects.requireNonNull(policy, "policy");
        Objects.requireNonNull(limits, "limits");
        procedure = Procedure.orPlain(procedure);
        terms = TargetTerms.orNone(terms);
        pricing = Pricing.orNone(pricing);
        powerValues = List.copyOf(powerValues);
        payloads = List.copyOf(payloads);
        allowedErrors = List.copyOf(allowedErrors);
    }

    /** The same with other events. */
    public TuningInput withPayloads(List<NamedPayload> others) {
        return new TuningInput(
                function,
                powerValues,
                invocationCount,
                policy,
                strategy,
                balancedWeight,
                others,
                parallel,
                concurrency,
                promote,
                promoteAlias,
                allowedErrors,
                seed,
                limits,
                procedure,
                terms,
                pricing,
                check);
    }

    /** The same on other terms. */
    public TuningInput withTerms(TargetTerms others) {
        return new TuningInput(
                function,
                powerValues,
                invocationCount,
                policy,
                strategy,
                balancedWeight,
                payloads,
                parallel,
                concurrency,
                promote,
                promoteAlias,
                allowedErrors,
                seed,
                limits,
                procedure,
                others,
                pricing,
                check);
    }

    /** The same with another check. */
    public TuningInput withCheck(CheckInput other) {
        return new TuningInput(
                function,
                powerValues,
                invocationCount,
                policy,
                strategy,
                balancedWeight,
                payloads,
                parallel,
                concurrency,
                promote,
                promoteAlias,
                allowedErrors,
                seed,
                limits,
                procedure,
                terms,
                pricing,
                other);
    }
}
