// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.process;

import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;

/**
 * The environment variables of a function's process, as on Lambda
 * (<a href="https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html">configuration-envvars</a>). Of the
 * host's own only the PATH gets in: interpreters and bootstraps need it.
 *
 * @param version the function
 * @param environment the environment's name, unique in the service
 * @param now when it starts; its day is part of the log stream's name
 */
record FunctionVariables(RunnableVersion version, String environment, Instant now) {
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("yyyy/MM/dd").withZone(ZoneOffset.UTC);

    /** Replaces what is in {@code variables}. */
    void fill(Map<String, String> variables, String runtimeApi, Path temporary) {
        variables.clear();
        variables.put("AWS_REGION", region());
        variables.put("AWS_DEFAULT_REGION", region());
        variables.put("AWS_ACCESS_KEY_ID", "memtune");
        variables.put("AWS_SECRET_ACCESS_KEY", "memtune");
        variables.put("AWS_SESSION_TOKEN", "memtune");
        variables.put("LANG", "en_US.UTF-8");
        variables.put("TZ", ":UTC");
        variables.putAll(version.environment());
        variables.putIfAbsent("PATH", path());
        variables.put("HOME", temporary.toString());
        variables.put("TMPDIR", temporary.toString());
        variables.put("_HANDLER", version.handler());
        variables.put("LAMBDA_TASK_ROOT", version.codeDirectory().toString());
        variables.put("LAMBDA_RUNTIME_DIR", version.codeDirectory().toString());
        variables.put("AWS_EXECUTION_ENV", "AWS_Lambda_" + version.runtime());
        variables.put("AWS_LAMBDA_RUNTIME_API", runtimeApi);
        variables.put("AWS_LAMBDA_FUNCTION_NAME", version.functionName());
        variables.put("AWS_LAMBDA_FUNCTION_VERSION", version.version());
        variables.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", Integer.toString(version.memoryMB()));
        variables.put(
                "AWS_LAMBDA_INITIALIZATION_TYPE",
                version.hosting().initialization().wireName());
        logs(variables);
        version.hosting().layers().ifPresent(opt -> new LayerVariables(version.runtime(), opt).fill(variables));
    }

    /** As on Lambda, a function that starts from a snapshot is not told its log stream: every restored copy has another. */
    private void logs(Map<String, String> variables) {
        LogSettings logs = version.hosting().logs();
        variables.put("AWS_LAMBDA_LOG_FORMAT", logs.json() ? "JSON" : "Text");
        logs.applicationLevel().ifPresent(level -> variables.put("AWS_LAMBDA_LOG_LEVEL", level));
        if (version.hosting().initialization() != Initialization.SNAP_START) {
            variables.put("AWS_LAMBDA_LOG_GROUP_NAME", logs.group());
            variables.put("AWS_LAMBDA_LOG_STREAM_NAME", logStream());
        }
    }

    /** The log stream's name: the day, the version, the environment. */
    String logStream() {
        return DAY.format(now) + "/[" + version.version() + "]" + environment;
    }

    private String region() {
        String[] parts = version.versionArn().split(":", -1);
        return parts.length > 3 && !parts[3].isEmpty() ? parts[3] : "us-east-1";
    }

    private static String path() {
        return Optional.ofNullable(System.getenv("PATH")).orElse("/usr/local/bin:/usr/bin:/bin");
    }
}
