// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.service;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memtune.local.function.Alias;
import dev.memtune.local.function.Code;
import dev.memtune.local.function.Configuration;
import dev.memtune.local.function.DeployedFunction;
import dev.memtune.local.function.FunctionArns;
import dev.memtune.local.function.Latest;
import dev.memtune.local.function.Logging;
import dev.memtune.local.function.Version;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/**
 * Writes what Lambda answers about functions, versions and aliases.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/api/API_FunctionConfiguration.html">FunctionConfiguration</a>
 */
final class FunctionJson {
    private static final DateTimeFormatter LAST_MODIFIED = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd'T'HH:mm:ss.SSS'+0000'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private static final DateTimeFormatter ISO_MILLIS = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final FunctionArns arns;

    FunctionJson(FunctionArns arns) {
        this.arns = arns;
    }

    /** A time as Lambda writes it in texts: with an offset instead of a Z. */
    static String timestamp(Instant time) {
        return LAST_MODIFIED.format(time);
    }

    /** A time as invocation records have it. */
    static String isoMillis(Instant time) {
        return ISO_MILLIS.format(time);
    }

    /** {@code $LATEST}, as the bare function or by its qualifier. */
    ObjectNode latest(DeployedFunction function, Optional<String> qualifier) {
        Latest latest = function.latest();
        ObjectNode json = summary(function, latest, qualifier);
        json.put("State", latest.isPending() ? "Pending" : "Active");
        if (latest.isPending()) {
            json.put("StateReason", "The function is being created.").put("StateReasonCode", "Creating");
        }
        json.put("LastUpdateStatus", latest.isUpdating() ? "InProgress" : "Successful");
        if (latest.isUpdating()) {
            // AWS adds the code Creating, which its own model does not allow: strict clients would refuse it.
            json.put("LastUpdateStatusReason", "The function is being created.");
        }
        return json;
    }

    /** {@code $LATEST} as lists show it: without the states. */
    ObjectNode summary(DeployedFunction function, Latest latest, Optional<String> qualifier) {
        return base(
                        function.name(),
                        qualifier,
                        latest.deployment().configuration(),
                        latest.deployment().code())
                .put("LastModified", LAST_MODIFIED.format(latest.lastModified()))
                .put("Version", DeployedFunction.LATEST)
                .put("RevisionId", latest.revisionId());
    }

    /** A version, by its number or an alias. */
    ObjectNode version(DeployedFunction function, Version version, String qualifier, Instant now) {
        ObjectNode json = summary(function, version, qualifier);
        json.put("State", version.isPending(now) ? "Pending" : "Active");
        if (version.isPending(now)) {
            json.put("StateReason", "The function is being created.").put("StateReasonCode", "Creating");
        }
        if (version.configuration().snapStart() && !version.isPending(now)) {
            json.putObject("SnapStart").put("ApplyOn", "PublishedVersions").put("OptimizationStatus", "On");
        }
        return json.put("LastUpdateStatus", "Successful");
    }

    /** A version as lists show it: without the states. */
    ObjectNode summary(DeployedFunction function, Version version, String qualifier) {
        return base(function.name(), Optional.of(qualifier), version.configuration(), version.code())
                .put("LastModified", LAST_MODIFIED.format(version.lastModified()))
                .put("Version", Integer.toString(version.number()))
                .put("RevisionId", version.revisionId());
    }

    private ObjectNode base(String name, Optional<String> qualifier, Configuration configuration, Code code) {
        ObjectNode json = Reply.object()
                .put("FunctionName", name)
                .put("FunctionArn", qualifier.map(q -> arns.qualified(name, q)).orElseGet(() -> arns.function(name)))
                .put("Runtime", configuration.runtime())
                .put("Role", configuration.role())
                .put("Handler", configuration.handler())
                .put("CodeSize", code.sizeBytes())
                .put("CodeSha256", code.sha256())
                .put("Description", configuration.description())
                .put("Timeout", configuration.timeoutSeconds())
                .put("MemorySize", configuration.memoryMB())
                .put("PackageType", "Zip");
        json.putObject("TracingConfig").put("Mode", configuration.tracingMode());
        json.putArray("Architectures").add(configuration.architecture());
        json.putObject("EphemeralStorage").put("Size", configuration.ephemeralStorageMB());
        json.putObject("SnapStart")
                .put("ApplyOn", configuration.snapStart() ? "PublishedVersions" : "None")
                .put("OptimizationStatus", "Off");
        logging(json.putObject("LoggingConfig"), configuration.logging());
        optional(json, configuration);
        return json;
    }

    private static void optional(ObjectNode json, Configuration configuration) {
        if (!configuration.environment().isEmpty()) {
            ObjectNode variables = json.putObject("Environment").putObject("Variables");
            configuration.environment().forEach(variables::put);
        }
        if (!configuration.layers().isEmpty()) {
            ArrayNode layers = json.putArray("Layers");
            configuration.layers().forEach(layer -> layers.addObject()
                    .put("Arn", layer.arn())
                    .put("CodeSize", layer.code().sizeBytes()));
        }
        configuration.deadLetterArn().ifPresent(arn -> json.putObject("DeadLetterConfig")
                .put("TargetArn", arn));
        configuration.kmsKeyArn().ifPresent(arn -> json.put("KMSKeyArn", arn));
    }

    private static void logging(ObjectNode json, Logging logging) {
        json.put("LogFormat", logging.format());
        logging.applicationLevel().ifPresent(level -> json.put("ApplicationLogLevel", level));
        logging.systemLevel().ifPresent(level -> json.put("SystemLogLevel", level));
        json.put("LogGroup", logging.group());
    }

    /** An alias. */
    ObjectNode alias(DeployedFunction function, Alias alias) {
        ObjectNode json = Reply.object()
                .put("AliasArn", arns.qualified(function.name(), alias.name()))
                .put("Name", alias.name())
                .put("FunctionVersion", alias.version())
                .put("Description", alias.description())
                .put("RevisionId", alias.revisionId());
        alias.canary().ifPresent(canary -> json.putObject("RoutingConfig")
                .putObject("AdditionalVersionWeights")
                .put(canary.version(), canary.weight()));
        return json;
    }
}
