// SPDX-License-Identifier: Apache-2.0
package dev.memtune.aws;

import dev.memtune.core.function.AliasConfiguration;
import dev.memtune.core.function.FunctionConfiguration;
import dev.memtune.core.function.FunctionTraits;
import dev.memtune.core.port.LambdaFault;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.lambda.model.AliasRoutingConfiguration;
import software.amazon.awssdk.services.lambda.model.DeadLetterConfig;
import software.amazon.awssdk.services.lambda.model.GetFunctionConfigurationResponse;
import software.amazon.awssdk.services.lambda.model.LoggingConfig;
import software.amazon.awssdk.services.lambda.model.SnapStartApplyOn;

/** The SDK's answers as values of {@code core}. */
final class Configurations {
    private static final String DEFAULT_ARCHITECTURE = "x86_64";
    private static final String DEFAULT_LOG_FORMAT = "Text";

    private Configurations() {}

    /**
     * Any answer that describes a function or a version: they all have the members of GetFunctionConfiguration's, and the
     * SDK has no type of its own for what they share.
     */
    static FunctionConfiguration of(SdkPojo answer) {
        GetFunctionConfigurationResponse shared = shared(answer);
        LoggingConfig logging = shared.loggingConfig();
        return new FunctionConfiguration(
                unqualified(shared.functionArn()),
                Objects.requireNonNullElse(shared.functionName(), ""),
                Objects.requireNonNullElse(shared.version(), FunctionConfiguration.LATEST),
                required("MemorySize", shared.memorySize()),
                required("Timeout", shared.timeout()),
                Objects.requireNonNullElse(shared.description(), ""),
                shared.codeSha256(),
                shared.revisionId(),
                shared.architecturesAsStrings().stream().findFirst().orElse(DEFAULT_ARCHITECTURE),
                shared.runtimeAsString(),
                Objects.requireNonNullElse(shared.stateAsString(), "Active"),
                Objects.requireNonNullElse(shared.lastUpdateStatusAsString(), "Successful"),
                shared.lastUpdateStatusReason(),
                logging == null || logging.logFormatAsString() == null
                        ? DEFAULT_LOG_FORMAT
                        : logging.logFormatAsString(),
                logging == null ? null : logging.systemLogLevelAsString(),
                logging == null ? null : logging.logGroup(),
                SettingsDigest.of(shared),
                untunableReason(shared),
                traits(shared));
    }

    private static FunctionTraits traits(GetFunctionConfigurationResponse shared) {
        DeadLetterConfig deadLetters = shared.deadLetterConfig();
        return new FunctionTraits(
                Objects.requireNonNullElse(shared.codeSize(), 0L),
                deadLetters == null || String.valueOf(deadLetters.targetArn()).isEmpty()
                        ? null
                        : deadLetters.targetArn(),
                shared.tenancyConfig() != null,
                shared.ephemeralStorage() == null || shared.ephemeralStorage().size() == null
                        ? FunctionTraits.LEAST_EPHEMERAL_MB
                        : shared.ephemeralStorage().size(),
                shared.snapStart() != null && shared.snapStart().applyOn() == SnapStartApplyOn.PUBLISHED_VERSIONS);
    }

    private static int required(String member, @Nullable Integer value) {
        if (value == null) {
            throw new LambdaFault.Unsupported("the endpoint must tell a function's " + member + ", got none", null);
        }
        return value;
    }

    /** An alias from the members that all alias answers have. */
    static AliasConfiguration alias(
            String name,
            String version,
            @Nullable String description,
            @Nullable String revisionId,
            @Nullable AliasRoutingConfiguration routing) {
        return new AliasConfiguration(
                name,
                version,
                Objects.requireNonNullElse(description, ""),
                revisionId,
                routing == null || !routing.hasAdditionalVersionWeights()
                        ? Map.of()
                        : routing.additionalVersionWeights());
    }

    private static GetFunctionConfigurationResponse shared(SdkPojo answer) {
        if (answer instanceof GetFunctionConfigurationResponse response) {
            return response;
        }
        GetFunctionConfigurationResponse.Builder builder = GetFunctionConfigurationResponse.builder();
        Map<String, SdkField<?>> targets = new HashMap<>();
        builder.sdkFields().forEach(field -> targets.put(field.memberName(), field));
        answer.sdkFields().forEach(field -> {
            SdkField<?> target = targets.get(field.memberName());
            if (target != null) {
                target.set(builder, field.getValueOrDefault(answer));
            }
        });
        return builder.build();
    }

    /**
     * Kinds of functions for which one invocation at one memory size has no price of its own.
     *
     * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/lambda-managed-instances.html">Lambda Managed Instances</a>
     * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/durable-functions.html">Durable functions</a>
     */
    private static @Nullable String untunableReason(GetFunctionConfigurationResponse shared) {
        if (shared.capacityProviderConfig() != null) {
            return "it runs on Lambda Managed Instances, which are billed by the instance and report no billed duration";
        }
        if (shared.durableConfig() != null) {
            return "it is a durable function: each invocation starts a durable execution that is billed by operation";
        }
        if (shared.masterArn() != null) {
            return "it is a Lambda@Edge replica; tune its main function in us-east-1";
        }
        return null;
    }

    /** {@code arn:aws:lambda:region:account:function:name} without what may follow. */
    static String unqualified(@Nullable String arn) {
        if (arn == null) {
            return "";
        }
        String[] parts = arn.split(":", -1);
        int unqualifiedParts = 7;
        return parts.length > unqualifiedParts
                ? String.join(":", Arrays.asList(parts).subList(0, unqualifiedParts))
                : arn;
    }
}
