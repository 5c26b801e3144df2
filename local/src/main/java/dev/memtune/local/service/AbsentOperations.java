// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.service;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memtune.local.function.FunctionReference;
import dev.memtune.local.function.LambdaFault;

/**
 * What clients ask of every function and no function here has: policies, URLs, event sources, code signing. The answers are
 * AWS's for a function without them.
 */
final class AbsentOperations {
    private final Context context;

    AbsentOperations(Context context) {
        this.context = context;
    }

    void addTo(Routes routes) {
        routes.add("GetPolicy", "GET /2015-03-31/functions/{FunctionName}/policy", this::policy)
                .add(
                        "GetFunctionCodeSigningConfig",
                        "GET /2020-06-30/functions/{FunctionName}/code-signing-config",
                        this::codeSigning)
                .add("GetFunctionUrlConfig", "GET /2021-10-31/functions/{FunctionName}/url", this::url)
                .add(
                        "ListFunctionUrlConfigs",
                        "GET /2021-10-31/functions/{FunctionName}/urls",
                        request -> ofFunction(request, "FunctionUrlConfigs"))
                .add(
                        "ListEventSourceMappings",
                        "GET /2015-03-31/event-source-mappings",
                        request -> Reply.ok(empty("EventSourceMappings")))
                .add(
                        "GetFunctionRecursionConfig",
                        "GET /2024-08-31/functions/{FunctionName}/recursion-config",
                        this::recursion)
                .add(
                        "GetRuntimeManagementConfig",
                        "GET /2021-07-20/functions/{FunctionName}/runtime-management-config",
                        this::runtime)
                .add(
                        "ListCodeSigningConfigs",
                        "GET /2020-04-22/code-signing-configs",
                        request -> Reply.ok(empty("CodeSigningConfigs")));
    }

    private FunctionReference existing(Request request) {
        FunctionReference reference = request.function(context.arns());
        context.account().function(reference);
        return reference;
    }

    private Reply policy(Request request) {
        existing(request);
        throw LambdaFault.notFound("No policy is associated with the given resource.");
    }

    private Reply url(Request request) {
        existing(request);
        throw LambdaFault.notFound("The resource you requested does not exist.");
    }

    private Reply codeSigning(Request request) {
        return Reply.ok(
                Reply.object().put("FunctionName", existing(request).name()).put("CodeSigningConfigArn", ""));
    }

    private Reply ofFunction(Request request, String member) {
        existing(request);
        return Reply.ok(empty(member));
    }

    private static ObjectNode empty(String member) {
        ObjectNode answer = Reply.object();
        answer.putArray(member);
        return answer;
    }

    private Reply recursion(Request request) {
        existing(request);
        return Reply.ok(Reply.object().put("RecursiveLoop", "Terminate"));
    }

    private Reply runtime(Request request) {
        FunctionReference reference = existing(request);
        return Reply.ok(
                Reply.object().put("UpdateRuntimeOn", "Auto").put("FunctionArn", reference.arn(context.arns())));
    }
}
