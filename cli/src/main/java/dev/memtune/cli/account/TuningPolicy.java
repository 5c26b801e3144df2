// SPDX-License-Identifier: Apache-2.0
package dev.memtune.cli.account;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memtune.core.function.FunctionReference;
import dev.memtune.core.wire.Json;
import dev.memtune.core.wire.Procedure;
import dev.memtune.core.wire.S3Location;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The IAM policy that lets somebody tune one function and nothing else.
 *
 * <p>Calls about aliases are authorised on the function, DeleteFunction and Invoke with a qualifier on the qualified ARN:
 * <a href="https://docs.aws.amazon.com/service-authorization/latest/reference/list_awslambda.html">Lambda's actions</a>.
 */
final class TuningPolicy {
    private static final String VERSION = "2012-10-17";
    /** Reads, some of them about a version or an alias. */
    private static final List<String> READS = List.of(
            "lambda:GetFunctionConfiguration",
            "lambda:ListVersionsByFunction",
            "lambda:ListAliases",
            "lambda:GetAlias");
    /** Changes that are authorised on the function itself. */
    private static final List<String> CHANGES = List.of(
            "lambda:CreateAlias",
            "lambda:UpdateAlias",
            "lambda:DeleteAlias",
            "lambda:UpdateFunctionConfiguration",
            "lambda:PublishVersion");
    /** No retries of asynchronous invocations of our aliases, where a function takes longer than a caller waits. */
    private static final List<String> ASYNCHRONOUS =
            List.of("lambda:PutFunctionEventInvokeConfig", "lambda:DeleteFunctionEventInvokeConfig");
    /** Without these a run works all the same, but knows less. */
    private static final List<String> USEFUL = List.of(
            "lambda:GetFunctionConcurrency",
            "lambda:GetProvisionedConcurrencyConfig",
            "lambda:GetFunctionUrlConfig",
            "lambda:GetPolicy",
            "lambda:ListFunctionEventInvokeConfigs",
            "lambda:ListTags");
    /** These know no resource. */
    private static final List<String> ON_ACCOUNT =
            List.of("lambda:GetAccountSettings", "lambda:ListEventSourceMappings");

    private final String partition;
    private final String region;
    private final String account;
    private final String name;

    private TuningPolicy(String partition, String region, String account, String name) {
        this.partition = partition;
        this.region = region;
        this.account = account;
        this.name = name;
    }

    /**
     * The policy for a function.
     *
     * @param functionArn {@code arn:partition:lambda:region:account:function:name}; only what it leaves open is open
     */
    static TuningPolicy of(String functionArn) {
        String[] parts = functionArn.split(":", -1);
        boolean isArn = parts.length >= 7;
        String name = FunctionReference.parse(functionArn)
                .map(FunctionReference::name)
                .orElse(functionArn);
        return isArn ? new TuningPolicy(parts[1], parts[3], parts[4], name) : new TuningPolicy("aws", "*", "*", name);
    }

    /** The document, with what the procedure needs besides. */
    ObjectNode document(Procedure procedure) {
        ObjectNode policy = Json.mapper().createObjectNode().put("Version", VERSION);
        ArrayNode statements = policy.putArray("Statement");
        add(statements, "ReadTheFunction", READS, List.of(function(""), function(":*")));
        add(statements, "PublishAndRestore", CHANGES, List.of(function("")));
        add(statements, "MeasureAsynchronously", ASYNCHRONOUS, List.of(function(""), function(":memtune-*")));
        add(statements, "DeleteOwnVersions", List.of("lambda:DeleteFunction"), List.of(function(":*")));
        add(statements, "InvokeOwnAliases", List.of("lambda:InvokeFunction"), List.of(function(":memtune-*")));
        add(statements, "LookAround", USEFUL, List.of(function(""), function(":*")));
        add(statements, "ReadLimits", ON_ACCOUNT, List.of("*"));
        String group = arn("logs", region, account, "log-group:/aws/lambda/" + name + ":*");
        add(statements, "ReadReports", List.of("logs:FilterLogEvents"), List.of(group));
        S3Location object = procedure.payloadS3();
        if (object != null) {
            String objectArn = arn("s3", "", "", object.bucket() + "/" + object.key());
            add(statements, "ReadPayload", List.of("s3:GetObject"), List.of(objectArn));
        }
        addProcessor(statements, "InvokePreProcessor", procedure.preProcessor());
        addProcessor(statements, "InvokePostProcessor", procedure.postProcessor());
        return policy;
    }

    private void addProcessor(ArrayNode statements, String id, @Nullable String processor) {
        if (processor != null) {
            String resource =
                    processor.startsWith("arn:") ? processor : arn("lambda", region, account, "function:" + processor);
            add(statements, id, List.of("lambda:InvokeFunction"), List.of(resource, resource + ":*"));
        }
    }

    private static void add(ArrayNode statements, String id, List<String> actions, List<String> resources) {
        ObjectNode statement = statements.addObject().put("Sid", id).put("Effect", "Allow");
        actions.forEach(statement.putArray("Action")::add);
        resources.forEach(statement.putArray("Resource")::add);
    }

    private String function(String qualifier) {
        return arn("lambda", region, account, "function:" + name + qualifier);
    }

    private String arn(String service, String region, String account, String resource) {
        return "arn:" + partition + ":" + service + ":" + region + ":" + account + ":" + resource;
    }

    /** The document as it is given to IAM. */
    String text(Procedure procedure) {
        try {
            return Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(document(procedure));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a policy of texts cannot be written", e);
        }
    }
}
