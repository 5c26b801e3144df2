// SPDX-License-Identifier: Apache-2.0
package dev.memtune.aws;

import dev.memtune.core.function.AccountLimits;
import dev.memtune.core.function.AliasConfiguration;
import dev.memtune.core.function.FunctionConfiguration;
import dev.memtune.core.function.ProvisionedConcurrency;
import dev.memtune.core.port.FunctionControl;
import dev.memtune.core.port.FunctionInvoker;
import dev.memtune.core.port.LambdaFault;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.AccountLimit;
import software.amazon.awssdk.services.lambda.model.AccountUsage;
import software.amazon.awssdk.services.lambda.model.AliasRoutingConfiguration;
import software.amazon.awssdk.services.lambda.model.GetAccountSettingsResponse;
import software.amazon.awssdk.services.lambda.model.LoggingConfig;

/** The control plane through the SDK. Safe for use by many threads. */
public final class AwsFunctionControl implements FunctionControl {
    /** An event that waits longer than this for capacity is given up by AWS, and counts as unanswered. */
    private static final int EVENT_MAX_AGE_SECONDS = (int) FunctionInvoker.EVENT_MAX_AGE.toSeconds();

    private final LambdaClient reads;
    private final LambdaClient changes;
    private final Consumer<String> warnings;
    private final Gaps gaps;
    private final Connections connections;

    /**
     * On the clients of this process.
     *
     * @param warnings takes a line for each kind of thing that the endpoint does not tell, once per process
     */
    public AwsFunctionControl(LambdaClients clients, Consumer<String> warnings) {
        this.reads = clients.reads();
        this.changes = clients.changes();
        this.warnings = warnings;
        this.gaps = clients.gaps();
        this.connections = new Connections(reads, this::refused);
    }

    @Override
    public FunctionConfiguration configuration(String function, String qualifier) {
        FunctionConfiguration configuration = Configurations.of(Faults.translating(() -> reads.getFunctionConfiguration(
                request -> request.functionName(function).qualifier(unlessLatest(qualifier)))));
        if (configuration.revisionId() == null) {
            mention(
                    "RevisionId",
                    "changes that others make between two calls are only noticed by comparing every other setting");
        }
        if (configuration.codeSha256() == null) {
            mention("CodeSha256", "a deployment of other code during the run cannot be noticed");
        }
        return configuration;
    }

    @Override
    public FunctionConfiguration updateMemory(String function, int memoryMB, @Nullable String revisionId) {
        return Configurations.of(Faults.translating(() -> changes.updateFunctionConfiguration(
                request -> request.functionName(function).memorySize(memoryMB).revisionId(revisionId))));
    }

    @Override
    public FunctionConfiguration updateMemoryAndLogLevel(
            String function, int memoryMB, String systemLogLevel, @Nullable String revisionId) {
        // Whether absent members of LoggingConfig stay as they are is not documented, so all of them are sent.
        LoggingConfig present = Faults.translating(
                        () -> reads.getFunctionConfiguration(request -> request.functionName(function)))
                .loggingConfig();
        LoggingConfig.Builder wanted = present == null ? LoggingConfig.builder() : present.toBuilder();
        return Configurations.of(
                Faults.translating(() -> changes.updateFunctionConfiguration(request -> request.functionName(function)
                        .memorySize(memoryMB)
                        .loggingConfig(wanted.systemLogLevel(systemLogLevel).build())
                        .revisionId(revisionId))));
    }

    @Override
    public FunctionConfiguration publishVersion(
            String function, @Nullable String codeSha256, @Nullable String revisionId, String description) {
        return Configurations.of(
                Faults.translating(() -> changes.publishVersion(request -> request.functionName(function)
                        .codeSha256(codeSha256)
                        .revisionId(revisionId)
                        .description(description))));
    }

    @Override
    public void deleteVersion(String function, String version) {
        if (version.isBlank() || version.equals(FunctionConfiguration.LATEST)) {
            throw new IllegalArgumentException("version must be a published one, got: " + version);
        }
        goneIsDeleted(() ->
                changes.deleteFunction(request -> request.functionName(function).qualifier(version)));
    }

    @Override
    public List<FunctionConfiguration> versions(String function) {
        return Faults.translating(() ->
                reads.listVersionsByFunctionPaginator(request -> request.functionName(function)).versions().stream()
                        .map(Configurations::of)
                        .toList());
    }

    @Override
    public Optional<AliasConfiguration> alias(String function, String name) {
        try {
            return Optional.of(Faults.translating(() -> {
                var answer =
                        reads.getAlias(request -> request.functionName(function).name(name));
                return Configurations.alias(
                        answer.name(),
                        answer.functionVersion(),
                        answer.description(),
                        answer.revisionId(),
                        answer.routingConfig());
            }));
        } catch (LambdaFault.NotFound e) {
            return Optional.empty();
        }
    }

    @Override
    public List<AliasConfiguration> aliases(String function) {
        return Faults.translating(
                () -> reads.listAliasesPaginator(request -> request.functionName(function)).aliases().stream()
                        .map(alias -> Configurations.alias(
                                alias.name(),
                                alias.functionVersion(),
                                alias.description(),
                                alias.revisionId(),
                                alias.routingConfig()))
                        .toList());
    }

    @Override
    public AliasConfiguration createAlias(String function, String name, String version, String description) {
        return Faults.translating(() -> {
            var answer = changes.createAlias(request -> request.functionName(function)
                    .name(name)
                    .functionVersion(version)
                    .description(description));
            return Configurations.alias(
                    answer.name(),
                    answer.functionVersion(),
                    answer.description(),
                    answer.revisionId(),
                    answer.routingConfig());
        });
    }

    @Override
    public AliasConfiguration updateAlias(
            String function, String name, String version, @Nullable String description, @Nullable String revisionId) {
        return Faults.translating(() -> {
            var answer = changes.updateAlias(request -> request.functionName(function)
                    .name(name)
                    .functionVersion(version)
                    .description(description)
                    .revisionId(revisionId)
                    // An empty map, unlike an absent one, clears the weights.
                    .routingConfig(AliasRoutingConfiguration.builder()
                            .additionalVersionWeights(Map.of())
                            .build()));
            return Configurations.alias(
                    answer.name(),
                    answer.functionVersion(),
                    answer.description(),
                    answer.revisionId(),
                    answer.routingConfig());
        });
    }

    @Override
    public void deleteAlias(String function, String name) {
        goneIsDeleted(() ->
                changes.deleteAlias(request -> request.functionName(function).name(name)));
    }

    @Override
    public OptionalInt reservedConcurrency(String function) {
        return limit(
                "GetFunctionConcurrency", () -> reads.getFunctionConcurrency(request -> request.functionName(function))
                        .reservedConcurrentExecutions());
    }

    @Override
    public AccountLimits accountLimits() {
        try {
            GetAccountSettingsResponse answer = Faults.translating(() -> reads.getAccountSettings(request -> {}));
            return accountLimits(answer.accountLimit(), answer.accountUsage());
        } catch (LambdaFault.Unsupported e) {
            mention("GetAccountSettings", "the account's limits count as absent (" + e.getMessage() + ")");
        } catch (LambdaFault.Denied e) {
            refused("GetAccountSettings", e);
        }
        return AccountLimits.UNKNOWN;
    }

    private static AccountLimits accountLimits(@Nullable AccountLimit limit, @Nullable AccountUsage usage) {
        Integer unreserved = limit == null ? null : limit.unreservedConcurrentExecutions();
        Long codeBytes = limit == null ? null : limit.totalCodeSize();
        Long usedBytes = usage == null ? null : usage.totalCodeSize();
        return new AccountLimits(
                unreserved == null ? OptionalInt.empty() : OptionalInt.of(unreserved),
                codeBytes == null || usedBytes == null
                        ? OptionalLong.empty()
                        : OptionalLong.of(Math.max(0, codeBytes - usedBytes)));
    }

    @Override
    public Optional<ProvisionedConcurrency> provisionedConcurrency(String function, String qualifier) {
        return connections.provisionedConcurrency(function, qualifier);
    }

    @Override
    public List<String> callersOfLatest(String function) {
        return connections.callersOfLatest(function);
    }

    @Override
    public List<String> failureDestinations(String function) {
        return connections.failureDestinations(function);
    }

    @Override
    public void stopRetries(String function, String alias) {
        Faults.translating(() -> changes.putFunctionEventInvokeConfig(request -> request.functionName(function)
                .qualifier(alias)
                .maximumRetryAttempts(0)
                .maximumEventAgeInSeconds(EVENT_MAX_AGE_SECONDS)));
    }

    @Override
    public void forgetRetries(String function, String alias) {
        goneIsDeleted(() -> changes.deleteFunctionEventInvokeConfig(
                request -> request.functionName(function).qualifier(alias)));
    }

    @Override
    public Map<String, String> tags(String functionArn) {
        try {
            return Map.copyOf(Faults.translating(() ->
                    reads.listTags(request -> request.resource(functionArn)).tags()));
        } catch (LambdaFault.Unsupported e) {
            mention("ListTags", "the function counts as untagged (" + e.getMessage() + ")");
            return Map.of();
        }
    }

    /** Reads a limit; one that is not told costs a warning, not the run: a throttle tells of it as well. */
    private OptionalInt limit(String action, Supplier<@Nullable Integer> read) {
        try {
            Integer limit = Faults.translating(read);
            return limit == null ? OptionalInt.empty() : OptionalInt.of(limit);
        } catch (LambdaFault.Unsupported e) {
            mention(action, "this limit on concurrency counts as absent (" + e.getMessage() + ")");
        } catch (LambdaFault.Denied e) {
            refused(action, e);
        }
        return OptionalInt.empty();
    }

    private void refused(String action, LambdaFault.Denied denied) {
        gaps.mention(
                action,
                "lambda:" + action + " is not allowed, so what it tells counts as absent; grant it to be told ("
                        + denied.getMessage() + ")",
                warnings);
    }

    private void mention(String gap, String consequence) {
        gaps.mention(gap, "the endpoint does not tell " + gap + ": " + consequence, warnings);
    }

    private static @Nullable String unlessLatest(String qualifier) {
        // The unqualified form: policies that name the unqualified function only would refuse ":$LATEST".
        return qualifier.equals(FunctionConfiguration.LATEST) ? null : qualifier;
    }

    private static void goneIsDeleted(Supplier<?> deletion) {
        try {
            Faults.translating(deletion);
        } catch (LambdaFault.NotFound e) {
            // What was to be deleted does not exist: that is what was asked for.
            return;
        }
    }
}
