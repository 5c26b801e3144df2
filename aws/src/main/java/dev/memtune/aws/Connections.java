// SPDX-License-Identifier: Apache-2.0
package dev.memtune.aws;

import com.fasterxml.jackson.databind.JsonNode;
import dev.memtune.core.function.FunctionConfiguration;
import dev.memtune.core.function.ProvisionedConcurrency;
import dev.memtune.core.port.LambdaFault;
import dev.memtune.core.wire.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.DestinationConfig;
import software.amazon.awssdk.services.lambda.model.FunctionEventInvokeConfig;
import software.amazon.awssdk.services.lambda.model.GetProvisionedConcurrencyConfigResponse;

/** Reads what is connected with a function from outside: environments kept ready, callers, receivers of failures. */
final class Connections {
    private final LambdaClient reads;
    private final Refusals refusals;

    /** Takes the refusal of a read that the answer can do without. */
    @FunctionalInterface
    interface Refusals {
        void refused(String action, LambdaFault.Denied denied);
    }

    Connections(LambdaClient reads, Refusals refusals) {
        this.reads = reads;
        this.refusals = refusals;
    }

    Optional<ProvisionedConcurrency> provisionedConcurrency(String function, String qualifier) {
        return optional("GetProvisionedConcurrencyConfig", () -> {
            GetProvisionedConcurrencyConfigResponse answer = reads.getProvisionedConcurrencyConfig(
                    request -> request.functionName(function).qualifier(qualifier));
            return new ProvisionedConcurrency(
                    String.valueOf(answer.statusAsString()),
                    Objects.requireNonNullElse(answer.requestedProvisionedConcurrentExecutions(), 0),
                    Objects.requireNonNullElse(answer.availableProvisionedConcurrentExecutions(), 0),
                    Objects.requireNonNullElse(answer.statusReason(), ""));
        });
    }

    /** Three reads, because AWS has no single one: mappings, the URL, and who is permitted to call without a qualifier. */
    List<String> callersOfLatest(String function) {
        List<String> callers = new ArrayList<>();
        optional("ListEventSourceMappings", () -> mappings(function)).ifPresent(callers::addAll);
        optional("GetFunctionUrlConfig", () -> reads.getFunctionUrlConfig(request -> request.functionName(function)))
                .ifPresent(url -> callers.add("the function URL " + url.functionUrl()));
        optional("GetPolicy", () -> reads.getPolicy(request -> request.functionName(function)))
                .ifPresent(answer -> callers.addAll(principals(answer.policy())));
        return List.copyOf(callers);
    }

    private List<String> mappings(String function) {
        return reads
                .listEventSourceMappingsPaginator(request -> request.functionName(function))
                .eventSourceMappings()
                .stream()
                .filter(mapping -> isOfLatest(String.valueOf(mapping.functionArn())))
                .map(mapping -> "the event source mapping of "
                        + Objects.requireNonNullElse(mapping.eventSourceArn(), mapping.uuid()))
                .toList();
    }

    private static boolean isOfLatest(String functionArn) {
        return functionArn.endsWith(":" + FunctionConfiguration.LATEST)
                || Configurations.unqualified(functionArn).equals(functionArn);
    }

    private static List<String> principals(@Nullable String policy) {
        List<String> principals = new ArrayList<>();
        byte[] document = String.valueOf(policy).getBytes(StandardCharsets.UTF_8);
        for (JsonNode statement : Json.tree(document).path("Statement")) {
            JsonNode principal = statement.path("Principal");
            if (statement.path("Effect").asText("").equals("Allow")) {
                JsonNode named = principal.isObject() ? principal.path("Service") : principal;
                JsonNode account = principal.path("AWS");
                String name = named.isMissingNode() ? account.asText("somebody") : named.asText("somebody");
                principals.add("the permission of " + name + " to call it without a qualifier");
            }
        }
        return principals;
    }

    List<String> failureDestinations(String function) {
        try {
            return Faults.translating(() -> reads
                    .listFunctionEventInvokeConfigsPaginator(request -> request.functionName(function))
                    .functionEventInvokeConfigs()
                    .stream()
                    .map(FunctionEventInvokeConfig::destinationConfig)
                    .filter(Objects::nonNull)
                    .map(DestinationConfig::onFailure)
                    .filter(Objects::nonNull)
                    .map(failure -> failure.destination())
                    .filter(Objects::nonNull)
                    .toList());
        } catch (LambdaFault.Unsupported | LambdaFault.NotFound e) {
            // An endpoint without the call has no destinations either.
            return List.of();
        }
    }

    /** A read that the run can do without: an endpoint's gap counts as nothing there, a refusal is told of. */
    private <T> Optional<T> optional(String action, Supplier<T> read) {
        try {
            return Optional.of(Faults.translating(read));
        } catch (LambdaFault.NotFound | LambdaFault.Unsupported e) {
            return Optional.empty();
        } catch (LambdaFault.Denied e) {
            refusals.refused(action, e);
            return Optional.empty();
        }
    }
}
