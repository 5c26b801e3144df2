// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.service;

import static java.util.Map.entry;

import java.util.Map;

/** The calls of Lambda's API that this service does not have, so that a client reads the call's name in the error. */
final class MissingOperations {
    /** Method and path by operation. */
    static final Map<String, String> ALL = Map.ofEntries(
            entry("AddLayerVersionPermission", "POST /2018-10-31/layers/{LayerName}/versions/{VersionNumber}/policy"),
            entry("AddPermission", "POST /2015-03-31/functions/{FunctionName}/policy"),
            entry("CheckpointDurableExecution", "POST /2025-12-01/durable-executions/{DurableExecutionArn}/checkpoint"),
            entry("CreateCapacityProvider", "POST /2025-11-30/capacity-providers"),
            entry("CreateCodeSigningConfig", "POST /2020-04-22/code-signing-configs"),
            entry("CreateEventSourceMapping", "POST /2015-03-31/event-source-mappings"),
            entry("CreateFunctionUrlConfig", "POST /2021-10-31/functions/{FunctionName}/url"),
            entry("DeleteCapacityProvider", "DELETE /2025-11-30/capacity-providers/{CapacityProviderName}"),
            entry("DeleteCodeSigningConfig", "DELETE /2020-04-22/code-signing-configs/{CodeSigningConfigArn}"),
            entry("DeleteDurableExecution", "DELETE /2025-12-01/durable-executions/{DurableExecutionArn}"),
            entry("DeleteEventSourceMapping", "DELETE /2015-03-31/event-source-mappings/{UUID}"),
            entry("DeleteFunctionCodeSigningConfig", "DELETE /2020-06-30/functions/{FunctionName}/code-signing-config"),
            entry("DeleteFunctionUrlConfig", "DELETE /2021-10-31/functions/{FunctionName}/url"),
            entry("DeleteResourcePolicy", "DELETE /2026-07-09/resource-policy/{ResourceArn}"),
            entry("GetCapacityProvider", "GET /2025-11-30/capacity-providers/{CapacityProviderName}"),
            entry("GetCodeSigningConfig", "GET /2020-04-22/code-signing-configs/{CodeSigningConfigArn}"),
            entry("GetDurableExecution", "GET /2025-12-01/durable-executions/{DurableExecutionArn}"),
            entry("GetDurableExecutionHistory", "GET /2025-12-01/durable-executions/{DurableExecutionArn}/history"),
            entry("GetDurableExecutionState", "GET /2025-12-01/durable-executions/{DurableExecutionArn}/state"),
            entry("GetEventSourceMapping", "GET /2015-03-31/event-source-mappings/{UUID}"),
            entry("GetFunctionScalingConfig", "GET /2025-11-30/functions/{FunctionName}/function-scaling-config"),
            entry("GetLayerVersionPolicy", "GET /2018-10-31/layers/{LayerName}/versions/{VersionNumber}/policy"),
            entry("GetResourcePolicy", "GET /2026-07-09/resource-policy/{ResourceArn}"),
            entry("InvokeAsync", "POST /2014-11-13/functions/{FunctionName}/invoke-async"),
            entry(
                    "InvokeWithResponseStream",
                    "POST /2021-11-15/functions/{FunctionName}/response-streaming-invocations"),
            entry("ListCapacityProviders", "GET /2025-11-30/capacity-providers"),
            entry("ListDurableExecutionsByFunction", "GET /2025-12-01/functions/{FunctionName}/durable-executions"),
            entry(
                    "ListFunctionVersionsByCapacityProvider",
                    "GET /2025-11-30/capacity-providers/{CapacityProviderName}/function-versions"),
            entry(
                    "ListFunctionsByCodeSigningConfig",
                    "GET /2020-04-22/code-signing-configs/{CodeSigningConfigArn}/functions"),
            entry("PauseDurableExecution", "POST /2025-12-01/durable-executions/{DurableExecutionArn}/pause"),
            entry("PutFunctionCodeSigningConfig", "PUT /2020-06-30/functions/{FunctionName}/code-signing-config"),
            entry("PutFunctionRecursionConfig", "PUT /2024-08-31/functions/{FunctionName}/recursion-config"),
            entry("PutFunctionScalingConfig", "PUT /2025-11-30/functions/{FunctionName}/function-scaling-config"),
            entry("PutResourcePolicy", "PUT /2026-07-09/resource-policy/{ResourceArn}"),
            entry("PutRuntimeManagementConfig", "PUT /2021-07-20/functions/{FunctionName}/runtime-management-config"),
            entry(
                    "RemoveLayerVersionPermission",
                    "DELETE /2018-10-31/layers/{LayerName}/versions/{VersionNumber}/policy/{StatementId}"),
            entry("RemovePermission", "DELETE /2015-03-31/functions/{FunctionName}/policy/{StatementId}"),
            entry("ResumeDurableExecution", "POST /2025-12-01/durable-executions/{DurableExecutionArn}/resume"),
            entry(
                    "SendDurableExecutionCallbackFailure",
                    "POST /2025-12-01/durable-execution-callbacks/{CallbackId}/fail"),
            entry(
                    "SendDurableExecutionCallbackHeartbeat",
                    "POST /2025-12-01/durable-execution-callbacks/{CallbackId}/heartbeat"),
            entry(
                    "SendDurableExecutionCallbackSuccess",
                    "POST /2025-12-01/durable-execution-callbacks/{CallbackId}/succeed"),
            entry("StopDurableExecution", "POST /2025-12-01/durable-executions/{DurableExecutionArn}/stop"),
            entry("UpdateCapacityProvider", "PUT /2025-11-30/capacity-providers/{CapacityProviderName}"),
            entry("UpdateCodeSigningConfig", "PUT /2020-04-22/code-signing-configs/{CodeSigningConfigArn}"),
            entry("UpdateEventSourceMapping", "PUT /2015-03-31/event-source-mappings/{UUID}"),
            entry("UpdateFunctionUrlConfig", "PUT /2021-10-31/functions/{FunctionName}/url"));

    private MissingOperations() {}
}
