// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.service;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memtune.local.function.DeployedFunction;
import dev.memtune.local.function.FunctionReference;
import dev.memtune.local.function.LambdaFault;
import dev.memtune.local.function.Provisioned;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Provisioned concurrency.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/api/API_PutProvisionedConcurrencyConfig.html">
 *     PutProvisionedConcurrencyConfig</a>
 */
final class ProvisionedOperations {
    private static final int ACCEPTED = 202;
    private static final int MAX_PAGE = 50;

    private final Context context;
    private final Concurrency concurrency;

    ProvisionedOperations(Context context, Concurrency concurrency) {
        this.context = context;
        this.concurrency = concurrency;
    }

    void addTo(Routes routes) {
        String path = " /2019-09-30/functions/{FunctionName}/provisioned-concurrency";
        routes.add("PutProvisionedConcurrencyConfig", "PUT" + path, this::put)
                .add("ListProvisionedConcurrencyConfigs", "GET" + path + " List=ALL", this::list)
                .add("GetProvisionedConcurrencyConfig", "GET" + path, this::get)
                .add("DeleteProvisionedConcurrencyConfig", "DELETE" + path, this::delete);
    }

    private FunctionReference qualified(Request request) {
        FunctionReference reference = request.function(context.arns());
        Constraints constraints = new Constraints();
        constraints.present("qualifier", reference.qualifier().isPresent());
        constraints.enforce();
        return reference;
    }

    private Reply put(Request request) throws IOException {
        FunctionReference reference = qualified(request);
        Optional<Integer> requested = request.json().integer("ProvisionedConcurrentExecutions");
        Constraints constraints = new Constraints();
        constraints.present("provisionedConcurrentExecutions", requested.isPresent());
        requested.ifPresent(value -> constraints.range("provisionedConcurrentExecutions", value, 1, Integer.MAX_VALUE));
        constraints.enforce();
        String qualifier = reference.qualifier().orElseThrow();
        DeployedFunction after = context.account().change(reference, function -> {
            DeployedFunction next = context.lifecycle()
                    .provision(
                            function,
                            qualifier,
                            requested.orElseThrow(),
                            context.account().now());
            requireRoom(next);
            return next;
        });
        return Reply.json(ACCEPTED, json(provisioned(after, qualifier)));
    }

    private void requireRoom(DeployedFunction next) {
        int total = next.options().provisionedTotal();
        Optional<Integer> reserved = next.options().reservedConcurrency();
        if (reserved.isPresent()) {
            if (total > reserved.get()) {
                throw LambdaFault.invalid("Requested Provisioned Concurrency should not be greater than the "
                        + "reservedConcurrentExecution for function");
            }
            return;
        }
        Quotas quotas = context.switches().quotas();
        int unreserved = quotas.concurrentExecutions() - concurrency.committedByOthers(next.name());
        if (total > unreserved) {
            throw LambdaFault.invalid(
                    "Specified ConcurrentExecutions for function is greater than account's unreserved "
                            + "concurrency [" + unreserved + "].");
        }
        if (unreserved - total < quotas.unreservedMinimum()) {
            throw LambdaFault.invalid("Specified ConcurrentExecutions for function decreases account's "
                    + "UnreservedConcurrentExecution below its minimum value of [" + quotas.unreservedMinimum() + "].");
        }
    }

    private static Provisioned provisioned(DeployedFunction function, String qualifier) {
        return Optional.ofNullable(function.options().provisioned().get(qualifier))
                .orElseThrow(() -> LambdaFault.of(
                        LambdaFault.Kind.NOT_PROVISIONED, "No Provisioned Concurrency Config found for this function"));
    }

    private ObjectNode json(Provisioned provisioned) {
        boolean ready = provisioned.isReady(context.account().now());
        int allocated = ready ? provisioned.requested() : 0;
        return Reply.object()
                .put("RequestedProvisionedConcurrentExecutions", provisioned.requested())
                .put("AvailableProvisionedConcurrentExecutions", allocated)
                .put("AllocatedProvisionedConcurrentExecutions", allocated)
                .put("Status", ready ? "READY" : "IN_PROGRESS")
                .put("LastModified", FunctionJson.timestamp(provisioned.lastModified()));
    }

    /** The function, if the qualifier is one that can be provisioned at all. */
    private DeployedFunction function(FunctionReference reference) {
        String qualifier = reference.qualifier().orElseThrow();
        if (qualifier.equals(DeployedFunction.LATEST)) {
            throw LambdaFault.invalid("The function resource provided must be an alias or a published version.");
        }
        DeployedFunction function = context.account().function(reference);
        boolean number = qualifier.matches("[0-9]+");
        if (number && !function.hasVersion(qualifier)) {
            throw LambdaFault.notFound("Function not found: " + reference.arn(context.arns()));
        }
        if (!number && function.alias(qualifier).isEmpty()) {
            throw LambdaFault.notFound("Cannot find alias arn: " + reference.arn(context.arns()));
        }
        return function;
    }

    private Reply get(Request request) {
        FunctionReference reference = qualified(request);
        return Reply.ok(
                json(provisioned(function(reference), reference.qualifier().orElseThrow())));
    }

    private Reply delete(Request request) throws IOException {
        FunctionReference reference = qualified(request);
        function(reference);
        context.account()
                .change(
                        reference,
                        f -> f.withOptions(f.options()
                                .withProvisioned(reference.qualifier().orElseThrow(), Optional.empty())));
        return Reply.noContent();
    }

    private Reply list(Request request) {
        DeployedFunction function = context.account().function(request.unqualifiedFunction(context.arns()));
        List<ObjectNode> items = function.options().provisioned().entrySet().stream()
                .map(entry -> json(entry.getValue())
                        .put("FunctionArn", context.arns().qualified(function.name(), entry.getKey())))
                .toList();
        return Reply.ok(Page.of(request, MAX_PAGE).of("ProvisionedConcurrencyConfigs", items));
    }
}
