// SPDX-License-Identifier: Apache-2.0
package dev.memtune.aws.stacks;

import dev.memtune.aws.Access;
import dev.memtune.aws.Endpoint;
import dev.memtune.core.port.LambdaFault;
import dev.memtune.core.registry.AlgorithmItem;
import dev.memtune.core.registry.AlgorithmStacks;
import dev.memtune.core.registry.ExecutionName;
import dev.memtune.core.registry.StackState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.Capability;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.CreateStackRequest;
import software.amazon.awssdk.services.cloudformation.model.Parameter;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.UpdateStackRequest;

/**
 * A CloudFormation stack for each algorithm. Which attempt a stack has, its parameters say; for which attempt its last change
 * was, the token that the change was begun with, so that neither needs to be remembered anywhere else. Every call is safe to
 * repeat, and lost answers are. Safe for use by many threads.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/view-stack-events.html#cfn-console-view-stack-data-resources-status-codes">Stack
 *     status codes</a>
 */
public final class AwsAlgorithmStacks implements AlgorithmStacks, AutoCloseable {
    private static final int ATTEMPTS = 5;
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(30);

    private static final String UNDER_WAY = "_IN_PROGRESS";
    private static final Set<String> DEPLOYED = Set.of("CREATE_COMPLETE", "UPDATE_COMPLETE");
    private static final Set<String> CHANGEABLE =
            Set.of("CREATE_COMPLETE", "UPDATE_COMPLETE", "UPDATE_ROLLBACK_COMPLETE");
    private static final String STUCK = "UPDATE_ROLLBACK_FAILED";

    /** Tokens have no {@code _}, which an algorithm's name may have; the rest of the attempt's name has none. */
    private static final String TOKEN = "deploy-";

    private final CloudFormationClient client;
    private final StackSettings settings;
    private final AlgorithmTemplate template;
    private final Access access;

    private AwsAlgorithmStacks(CloudFormationClient client, StackSettings settings, Access access) {
        this.client = client;
        this.access = access;
        this.settings = Objects.requireNonNull(settings, "settings");
        this.template = new AlgorithmTemplate(settings);
    }

    /** The stacks at an endpoint; no connection is made yet. */
    public static AwsAlgorithmStacks of(Endpoint endpoint, StackSettings settings) {
        Access access = Access.to(endpoint);
        return new AwsAlgorithmStacks(client(access), settings, access);
    }

    /** A client of CloudFormation. */
    static CloudFormationClient client(Access access) {
        return access.configure(CloudFormationClient.builder()
                        .httpClientBuilder(UrlConnectionHttpClient.builder()
                                .connectionTimeout(CONNECT)
                                .socketTimeout(ANSWER))
                        .overrideConfiguration(configuration ->
                                configuration.retryStrategy(AwsRetryStrategy.standardRetryStrategy().toBuilder()
                                        .maxAttempts(ATTEMPTS)
                                        .build())))
                .build();
    }

    @Override
    public void deploy(AlgorithmItem item) {
        Optional<Stack> present = find(item.name());
        if (present.isEmpty()) {
            create(item);
            return;
        }
        Stack stack = present.get();
        if (deployment(state(item.name(), stack)).equals(ExecutionName.of(item))) {
            return;
        }
        requireStill(stack);
        if (CHANGEABLE.contains(stack.stackStatusAsString())) {
            update(item, isConnected(stack));
        } else if (stack.stackStatusAsString().equals(STUCK)) {
            StackFaults.translating(() -> client.continueUpdateRollback(
                    request -> request.stackName(stack.stackName()).roleARN(settings.serviceRoleArn())));
        } else {
            delete(stack);
        }
    }

    private static String deployment(StackState state) {
        return switch (state) {
            case StackState.Absent absent -> "";
            case StackState.Changing changing -> changing.deployment();
            case StackState.Deployed deployed -> deployed.deployment();
            case StackState.Failed failed -> failed.deployment();
        };
    }

    private void create(AlgorithmItem item) {
        CreateStackRequest request = CreateStackRequest.builder()
                .stackName(settings.stackName(item.name()))
                .templateBody(template.body(item))
                .parameters(parameters(template.parameters(item, false)))
                .capabilities(Capability.CAPABILITY_IAM)
                .roleARN(settings.serviceRoleArn())
                .clientRequestToken(token(item))
                .build();
        changing(() -> client.createStack(request));
    }

    private void update(AlgorithmItem item, boolean isConnected) {
        UpdateStackRequest request = UpdateStackRequest.builder()
                .stackName(settings.stackName(item.name()))
                .templateBody(template.body(item))
                .parameters(parameters(template.parameters(item, isConnected)))
                .capabilities(Capability.CAPABILITY_IAM)
                .roleARN(settings.serviceRoleArn())
                .clientRequestToken(token(item))
                .build();
        changing(() -> client.updateStack(request));
    }

    @Override
    public boolean connect(String name) {
        Stack stack = find(name).orElse(null);
        if (stack == null || !AlgorithmTemplate.FED.equals(parameter(stack, AlgorithmTemplate.TYPE))) {
            return true;
        }
        requireStill(stack);
        if (isConnected(stack)) {
            return true;
        }
        List<Parameter> parameters = stack.parameters().stream()
                .map(parameter -> AlgorithmTemplate.CONNECTED.equals(parameter.parameterKey())
                        ? parameter.copy(changed -> changed.parameterValue(String.valueOf(true)))
                        : Parameter.builder()
                                .parameterKey(parameter.parameterKey())
                                .usePreviousValue(true)
                                .build())
                .toList();
        changing(() -> client.updateStack(request -> request.stackName(stack.stackName())
                .usePreviousTemplate(true)
                .parameters(parameters)
                .capabilities(Capability.CAPABILITY_IAM)
                .roleARN(settings.serviceRoleArn())));
        return false;
    }

    @Override
    public void remove(String name) {
        find(name).ifPresent(stack -> {
            requireStill(stack);
            delete(stack);
        });
    }

    /** By its id: another stack of this name is not the one that was looked at. */
    private void delete(Stack stack) {
        StackFaults.translating(() ->
                client.deleteStack(request -> request.stackName(stack.stackId()).roleARN(settings.serviceRoleArn())));
    }

    @Override
    public StackState state(String name) {
        return find(name).map(stack -> state(name, stack)).orElseGet(StackState.Absent::new);
    }

    private StackState state(String name, Stack stack) {
        String status = stack.stackStatusAsString();
        if (DEPLOYED.contains(status)) {
            return new StackState.Deployed(parameter(stack, AlgorithmTemplate.DEPLOYMENT));
        }
        StackHistory change = StackFaults.translating(() -> StackHistory.of(client, stack.stackId()));
        String token = Objects.requireNonNullElse(change.token(), "");
        String deployment = token.startsWith(TOKEN) ? name + "-" + token.substring(TOKEN.length()) : "";
        return status.endsWith(UNDER_WAY)
                ? new StackState.Changing(deployment)
                : new StackState.Failed(deployment, reasons(stack, change));
    }

    private static List<String> reasons(Stack stack, StackHistory change) {
        return change.reasons().isEmpty()
                ? List.of("its stack is " + stack.stackStatusAsString() + ": "
                        + Objects.requireNonNullElse(stack.stackStatusReason(), "CloudFormation gives no reason"))
                : change.reasons();
    }

    private Optional<Stack> find(String name) {
        return StackFaults.translating(() -> {
            try {
                return client.describeStacks(request -> request.stackName(settings.stackName(name))).stacks().stream()
                        .findFirst();
            } catch (CloudFormationException e) {
                if (StackFaults.isMissing(e)) {
                    return Optional.empty();
                }
                throw e;
            }
        });
    }

    private static void changing(Runnable change) {
        StackFaults.translating(() -> {
            try {
                change.run();
            } catch (CloudFormationException e) {
                if (!StackFaults.isDone(e)) {
                    throw e;
                }
            }
            return true;
        });
    }

    private static void requireStill(Stack stack) {
        if (stack.stackStatusAsString().endsWith(UNDER_WAY)) {
            throw new LambdaFault.Conflict("stack " + stack.stackName() + " is " + stack.stackStatusAsString(), null);
        }
    }

    private static boolean isConnected(Stack stack) {
        return Boolean.parseBoolean(parameter(stack, AlgorithmTemplate.CONNECTED));
    }

    private static String parameter(Stack stack, String key) {
        return stack.parameters().stream()
                .filter(parameter -> key.equals(parameter.parameterKey()))
                .map(Parameter::parameterValue)
                .findFirst()
                .orElse("");
    }

    private static List<Parameter> parameters(Map<String, String> values) {
        return values.entrySet().stream()
                .map(value -> Parameter.builder()
                        .parameterKey(value.getKey())
                        .parameterValue(value.getValue())
                        .build())
                .toList();
    }

    private static String token(AlgorithmItem item) {
        return TOKEN + ExecutionName.of(item).substring(item.name().length() + 1);
    }

    @Override
    public void close() {
        client.close();
        access.close();
    }
}
