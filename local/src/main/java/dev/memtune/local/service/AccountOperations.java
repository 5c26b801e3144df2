// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.service;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memtune.local.function.DeployedFunction;
import dev.memtune.local.function.FunctionReference;
import dev.memtune.local.function.LambdaFault;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Limits, reserved concurrency and tags. */
final class AccountOperations {
    private final Context context;
    private final CodeUploads uploads;
    private final Concurrency concurrency;

    AccountOperations(Context context, CodeUploads uploads, Concurrency concurrency) {
        this.context = context;
        this.uploads = uploads;
        this.concurrency = concurrency;
    }

    void addTo(Routes routes) {
        routes.add("GetAccountSettings", "GET /2016-08-19/account-settings", this::settings)
                .add("PutFunctionConcurrency", "PUT /2017-10-31/functions/{FunctionName}/concurrency", this::reserve)
                .add(
                        "DeleteFunctionConcurrency",
                        "DELETE /2017-10-31/functions/{FunctionName}/concurrency",
                        this::release)
                .add("GetFunctionConcurrency", "GET /2019-09-30/functions/{FunctionName}/concurrency", this::reserved)
                .add("ListTags", "GET /2017-03-31/tags/{Resource}", this::tags)
                .add("TagResource", "POST /2017-03-31/tags/{Resource}", this::tag)
                .add("UntagResource", "DELETE /2017-03-31/tags/{Resource}", this::untag);
    }

    private Reply settings(Request request) {
        Quotas quotas = context.switches().quotas();
        ObjectNode answer = Reply.object();
        answer.putObject("AccountLimit")
                .put("TotalCodeSize", quotas.totalCodeBytes())
                .put("CodeSizeUnzipped", quotas.unzippedBytes())
                .put("CodeSizeZipped", quotas.zippedBytes())
                .put("ConcurrentExecutions", quotas.concurrentExecutions())
                .put("UnreservedConcurrentExecutions", Math.max(0, concurrency.unreserved()));
        answer.putObject("AccountUsage")
                .put("TotalCodeSize", uploads.storedBytes())
                .put("FunctionCount", context.account().all().size());
        return Reply.ok(answer);
    }

    private Reply reserve(Request request) throws IOException {
        FunctionReference reference = request.unqualifiedFunction(context.arns());
        Optional<Integer> limit = request.json().integer("ReservedConcurrentExecutions");
        Constraints constraints = new Constraints();
        constraints.present("reservedConcurrentExecutions", limit.isPresent());
        constraints.range("reservedConcurrentExecutions", limit.orElse(0), 0, Integer.MAX_VALUE);
        constraints.enforce();
        context.account().change(reference, function -> {
            requireUnreserved(function.name(), limit.orElseThrow());
            requireProvisioned(function, limit.orElseThrow());
            return function.withOptions(function.options().withReservedConcurrency(limit));
        });
        return Reply.ok(Reply.object().put("ReservedConcurrentExecutions", limit.orElseThrow()));
    }

    /** See <a href="https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html">reserved concurrency</a>. */
    private void requireUnreserved(String function, int limit) {
        Quotas quotas = context.switches().quotas();
        long left = (long) quotas.concurrentExecutions() - concurrency.committedByOthers(function) - limit;
        if (limit > 0 && left < quotas.unreservedMinimum()) {
            throw LambdaFault.invalid(
                    "Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution "
                            + "below its minimum value of [" + quotas.unreservedMinimum() + "].");
        }
    }

    private static void requireProvisioned(DeployedFunction function, int limit) {
        int provisioned = function.options().provisionedTotal();
        if (provisioned > limit) {
            throw LambdaFault.invalid(" ReservedConcurrentExecutions  " + limit
                    + " should not be lower than function's total provisioned concurrency [" + provisioned + "].");
        }
    }

    private Reply release(Request request) throws IOException {
        context.account()
                .change(
                        request.unqualifiedFunction(context.arns()),
                        function -> function.withOptions(function.options().withReservedConcurrency(Optional.empty())));
        return Reply.noContent();
    }

    private Reply reserved(Request request) {
        ObjectNode answer = Reply.object();
        context.account()
                .function(request.unqualifiedFunction(context.arns()))
                .options()
                .reservedConcurrency()
                .ifPresent(limit -> answer.put("ReservedConcurrentExecutions", limit));
        return Reply.ok(answer);
    }

    private FunctionReference tagged(Request request) {
        String resource = request.variable("Resource");
        if (!resource.startsWith("arn:")) {
            throw LambdaFault.invalid("Tags need a function's ARN, got: " + resource);
        }
        FunctionReference reference = FunctionReference.parse(resource, context.arns());
        if (reference.qualifier().isPresent()) {
            throw LambdaFault.invalid(
                    "Tags on function aliases and versions are not supported. Please specify a function ARN.");
        }
        return reference;
    }

    private Reply tags(Request request) {
        ObjectNode answer = Reply.object();
        ObjectNode tags = answer.putObject("Tags");
        context.account().function(tagged(request)).options().tags().forEach(tags::put);
        return Reply.ok(answer);
    }

    private Reply tag(Request request) throws IOException {
        Map<String, String> added = request.json()
                .object("Tags")
                .map(RequestBody::textMap)
                .orElseThrow(() -> LambdaFault.invalid(
                        "An error occurred and the request cannot be processed: Tags are missing."));
        context.account().change(tagged(request), function -> withTags(function, added));
        return Reply.noContent();
    }

    private DeployedFunction withTags(DeployedFunction function, Map<String, String> added) {
        context.lifecycle().requireIdle(function);
        Map<String, String> tags = new TreeMap<>(function.options().tags());
        tags.putAll(added);
        return function.withOptions(function.options().withTags(new Tags(tags).map()));
    }

    private Reply untag(Request request) throws IOException {
        List<String> keys = request.parameters("tagKeys");
        Constraints constraints = new Constraints();
        constraints.present("tagKeys", !keys.isEmpty());
        constraints.enforce();
        context.account().change(tagged(request), function -> {
            context.lifecycle().requireIdle(function);
            Map<String, String> tags = new TreeMap<>(function.options().tags());
            keys.forEach(tags::remove);
            return function.withOptions(function.options().withTags(tags));
        });
        return Reply.noContent();
    }
}
