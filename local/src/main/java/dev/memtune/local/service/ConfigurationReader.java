// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.service;

import dev.memtune.local.function.Configuration;
import dev.memtune.local.function.LambdaFault;
import dev.memtune.local.function.Logging;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Reads the configuration in CreateFunction and UpdateFunctionConfiguration and checks it; what a request leaves out stays
 * as it is.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/api/API_UpdateFunctionConfiguration.html">
 *     UpdateFunctionConfiguration</a>
 */
final class ConfigurationReader {
    private static final int MAX_TIMEOUT_SECONDS = 900;
    private static final int MIN_MEMORY_MB = 128;
    private static final int MAX_MEMORY_MB = 10_240;
    private static final int MAX_DESCRIPTION = 256;
    private static final int MAX_HANDLER = 128;
    private static final int MAX_ENVIRONMENT_BYTES = 4_096;
    private static final int MIN_STORAGE_MB = 512;
    private static final Pattern ROLE =
            Pattern.compile("arn:(aws[a-zA-Z-]*)?:iam::\\d{12}:role/?[a-zA-Z_0-9+=,.@\\-_/]+");
    private static final Pattern HANDLER = Pattern.compile("[^\\s]+");
    private static final Pattern VARIABLE = Pattern.compile("[a-zA-Z]([a-zA-Z0-9_])+");
    private static final Pattern LOG_GROUP = Pattern.compile("[\\.\\-_/#A-Za-z0-9]+");
    private static final List<String> APPLICATION_LEVELS = List.of("TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL");
    private static final List<String> SYSTEM_LEVELS = List.of("DEBUG", "INFO", "WARN");

    /** See <a href="https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html">reserved variables</a>. */
    private static final Set<String> RESERVED_VARIABLES = Set.of(
            "_HANDLER",
            "_X_AMZN_TRACE_ID",
            "AWS_ACCESS_KEY",
            "AWS_ACCESS_KEY_ID",
            "AWS_DEFAULT_REGION",
            "AWS_EXECUTION_ENV",
            "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
            "AWS_LAMBDA_FUNCTION_NAME",
            "AWS_LAMBDA_FUNCTION_VERSION",
            "AWS_LAMBDA_INITIALIZATION_TYPE",
            "AWS_LAMBDA_LOG_GROUP_NAME",
            "AWS_LAMBDA_LOG_STREAM_NAME",
            "AWS_LAMBDA_RUNTIME_API",
            "AWS_REGION",
            "AWS_SECRET_ACCESS_KEY",
            "AWS_SESSION_TOKEN",
            "LAMBDA_RUNTIME_DIR",
            "LAMBDA_TASK_ROOT");

    /** What Lambda has and this service would silently not do. */
    private static final List<String> UNSUPPORTED = List.of(
            "VpcConfig",
            "FileSystemConfigs",
            "ImageConfig",
            "CodeSigningConfigArn",
            "TenancyConfig",
            "CapacityProviderConfig",
            "DurableConfig",
            "AcceleratorConfig");

    private final RequestBody body;
    private final Layers layers;
    private final int memoryQuotaMB;

    ConfigurationReader(RequestBody body, Layers layers, int memoryQuotaMB) {
        this.body = body;
        this.layers = layers;
        this.memoryQuotaMB = memoryQuotaMB;
    }

    /**
     * The configuration with the request's changes.
     *
     * @throws LambdaFault if a value is wrong or asks for what this service does not have
     */
    Configuration merge(Configuration base) {
        Configuration merged = new Configuration(
                body.text("Runtime").orElse(base.runtime()),
                body.text("Role").orElse(base.role()),
                body.text("Handler").orElse(base.handler()),
                body.text("Description").orElse(base.description()),
                body.integer("Timeout").orElse(base.timeoutSeconds()),
                body.integer("MemorySize").orElse(base.memoryMB()),
                body.object("Environment").map(ConfigurationReader::variables).orElse(base.environment()),
                body.object("EphemeralStorage").flatMap(s -> s.integer("Size")).orElse(base.ephemeralStorageMB()),
                architecture(body).orElse(base.architecture()),
                body.object("TracingConfig").flatMap(t -> t.text("Mode")).orElse(base.tracingMode()),
                body.object("LoggingConfig")
                        .map(l -> logging(l, base.logging()))
                        .orElse(base.logging()),
                replaced(
                        body.object("DeadLetterConfig").isPresent(),
                        body.object("DeadLetterConfig").flatMap(d -> d.text("TargetArn")),
                        base.deadLetterArn()),
                replaced(body.has("KMSKeyArn"), body.text("KMSKeyArn"), base.kmsKeyArn()),
                body.has("Layers") ? layers.resolve(body.texts("Layers")) : base.layers(),
                snapStart().map(mode -> mode.equals("PublishedVersions")).orElse(base.snapStart()));
        constrain(merged);
        requireSnapStart(merged);
        refuseUnsupported();
        requireQuota(merged.memoryMB());
        requireEnvironment(merged.environment());
        return merged;
    }

    /** An optional text: an empty one takes it away. */
    private static Optional<String> replaced(boolean named, Optional<String> value, Optional<String> present) {
        return named ? value.filter(text -> !text.isEmpty()) : present;
    }

    /** The architecture, if the request names one. */
    static Optional<String> architecture(RequestBody body) {
        List<String> architectures = body.texts("Architectures");
        if (architectures.size() > 1) {
            throw LambdaFault.invalid(
                    "1 validation error detected: Value '" + architectures
                            + "' at 'architectures' failed to satisfy constraint: Member must have length less than or equal to 1");
        }
        Optional<String> architecture = architectures.stream().findFirst();
        Constraints constraints = new Constraints();
        constraints.oneOf("architectures", architecture, List.of("x86_64", "arm64"));
        constraints.enforce();
        return architecture;
    }

    private static Map<String, String> variables(RequestBody environment) {
        return environment.object("Variables").map(RequestBody::textMap).orElse(Map.of());
    }

    private static Logging logging(RequestBody logging, Logging base) {
        String format = logging.text("LogFormat").orElse(base.format());
        boolean json = format.equals("JSON");
        Optional<String> application = logging.text("ApplicationLogLevel").or(base::applicationLevel);
        Optional<String> system = logging.text("SystemLogLevel").or(base::systemLevel);
        return new Logging(
                format,
                json ? application.or(() -> Optional.of("INFO")) : Optional.empty(),
                json ? system.or(() -> Optional.of("INFO")) : Optional.empty(),
                logging.text("LogGroup").orElse(base.group()));
    }

    private void constrain(Configuration merged) {
        Constraints constraints = new Constraints();
        constraints.range("timeout", merged.timeoutSeconds(), 1, MAX_TIMEOUT_SECONDS);
        constraints.range("memorySize", merged.memoryMB(), MIN_MEMORY_MB, MAX_MEMORY_MB);
        constraints.range("ephemeralStorage.size", merged.ephemeralStorageMB(), MIN_STORAGE_MB, MAX_MEMORY_MB);
        constraints.length("description", body.text("Description"), 0, MAX_DESCRIPTION);
        constraints.length("handler", body.text("Handler"), 0, MAX_HANDLER);
        constraints.pattern("handler", body.text("Handler"), HANDLER);
        constraints.pattern("role", body.text("Role"), ROLE);
        constraints.oneOf("runtime", body.text("Runtime"), Runtimes.KNOWN);
        constraints.oneOf("tracingConfig.mode", Optional.of(merged.tracingMode()), List.of("Active", "PassThrough"));
        constraints.oneOf("snapStart.applyOn", snapStart(), List.of("PublishedVersions", "None"));
        Logging logging = merged.logging();
        constraints.oneOf("loggingConfig.logFormat", Optional.of(logging.format()), List.of("JSON", "Text"));
        constraints.oneOf("loggingConfig.applicationLogLevel", logging.applicationLevel(), APPLICATION_LEVELS);
        constraints.oneOf("loggingConfig.systemLogLevel", logging.systemLevel(), SYSTEM_LEVELS);
        constraints.pattern("loggingConfig.logGroup", Optional.of(logging.group()), LOG_GROUP);
        merged.environment()
                .keySet()
                .forEach(key -> constraints.pattern("environment.variables", Optional.of(key), VARIABLE));
        constraints.enforce();
        body.text("Runtime").ifPresent(Runtimes::requireSupported);
    }

    private void refuseUnsupported() {
        for (String member : UNSUPPORTED) {
            if (member.equals("VpcConfig") ? hasNetwork() : body.hasContent(member)) {
                throw unsupported(member);
            }
        }
    }

    private Optional<String> snapStart() {
        return body.object("SnapStart").flatMap(s -> s.text("ApplyOn"));
    }

    /** See <a href="https://docs.aws.amazon.com/lambda/latest/dg/snapstart.html">SnapStart</a>. */
    private static void requireSnapStart(Configuration merged) {
        if (!merged.snapStart()) {
            return;
        }
        if (!Runtimes.haveSnapStart(merged.runtime())) {
            throw LambdaFault.invalid(merged.runtime() + " is not supported for SnapStart enabled functions.");
        }
        if (merged.ephemeralStorageMB() > MIN_STORAGE_MB) {
            throw LambdaFault.invalid("SnapStart functions have at most " + MIN_STORAGE_MB
                    + " MB of ephemeral storage, got: " + merged.ephemeralStorageMB());
        }
    }

    private boolean hasNetwork() {
        return body.object("VpcConfig")
                .filter(vpc -> vpc.hasContent("SubnetIds") || vpc.hasContent("SecurityGroupIds"))
                .isPresent();
    }

    private static LambdaFault unsupported(String member) {
        return LambdaFault.invalid("The embedded Lambda service does not support " + member + ": leave it out.");
    }

    /** The words are those of new accounts, whose quota is 3,008 MB. */
    private void requireQuota(int memoryMB) {
        if (memoryMB > memoryQuotaMB) {
            throw LambdaFault.invalid(
                    "'MemorySize' value failed to satisfy constraint: Member must have value less than or equal to "
                            + memoryQuotaMB);
        }
    }

    private static void requireEnvironment(Map<String, String> environment) {
        Set<String> reserved = new TreeSet<>(environment.keySet());
        reserved.retainAll(RESERVED_VARIABLES);
        if (!reserved.isEmpty()) {
            throw LambdaFault.invalid(
                    "Lambda was unable to configure your environment variables because the environment "
                            + "variables you have provided contains reserved keys that are currently not supported for "
                            + "modification. Reserved keys used in this request: " + String.join(", ", reserved));
        }
        int bytes = environment.entrySet().stream()
                .map(e -> e.getKey() + e.getValue())
                .collect(Collectors.summingInt(text -> text.getBytes(StandardCharsets.UTF_8).length));
        if (bytes > MAX_ENVIRONMENT_BYTES) {
            throw LambdaFault.invalid(
                    "Lambda was unable to configure your environment variables because the environment "
                            + "variables you have provided exceeded the 4KB limit. Bytes measured: " + bytes);
        }
    }
}
