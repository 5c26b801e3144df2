// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.process.bootstrap;

import java.io.PrintStream;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What AWS's {@code Context} answers, for whatever version of that interface the function brings. */
record InvocationContext(RuntimeClient.Answer next, PrintStream output) {
    private static final List<String> LEVELS = List.of("TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL");
    private static final String UNDEFINED = "UNDEFINED";

    /** An instance of the function's own {@code Context} interface. */
    Object proxy(Class<?> contextType) {
        return bean(contextType, this::answer);
    }

    private @Nullable Object answer(Method method) {
        return switch (method.getName()) {
            case "getAwsRequestId" -> next.header("lambda-runtime-aws-request-id");
            case "getInvokedFunctionArn" -> next.header("lambda-runtime-invoked-function-arn");
            case "getFunctionName" -> System.getenv("AWS_LAMBDA_FUNCTION_NAME");
            case "getFunctionVersion" -> System.getenv("AWS_LAMBDA_FUNCTION_VERSION");
            case "getLogGroupName" -> System.getenv("AWS_LAMBDA_LOG_GROUP_NAME");
            case "getLogStreamName" -> System.getenv("AWS_LAMBDA_LOG_STREAM_NAME");
            case "getMemoryLimitInMB" -> Integer.valueOf(System.getenv("AWS_LAMBDA_FUNCTION_MEMORY_SIZE"));
            case "getRemainingTimeInMillis" -> remainingMs();
            case "getXrayTraceId" -> next.header("lambda-runtime-trace-id");
            case "getLogger" -> logger(method.getReturnType());
            case "getClientContext" -> clientContext(method.getReturnType());
            default -> null; // identity, tenant: there is none
        };
    }

    private @Nullable Object clientContext(Class<?> type) {
        String text = next.header("lambda-runtime-client-context");
        Object document = JsonReader.read(text.getBytes(StandardCharsets.UTF_8));
        return document instanceof Map<?, ?> parts ? bean(type, method -> ofClientContext(method, parts)) : null;
    }

    private static @Nullable Object ofClientContext(Method method, Map<?, ?> parts) {
        return switch (method.getName()) {
            case "getCustom" -> part(parts, "custom");
            case "getEnvironment" -> part(parts, "env");
            case "getClient" ->
                bean(method.getReturnType(), field -> part(parts, "client")
                        .get(snakeCase(field.getName().substring("get".length()))));
            default -> null;
        };
    }

    private static Map<?, ?> part(Map<?, ?> parts, String name) {
        return parts.get(name) instanceof Map<?, ?> part ? part : Map.of();
    }

    // getAppVersionName is app_version_name
    private static String snakeCase(String name) {
        return name.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
    }

    private static Object bean(Class<?> type, Function<Method, @Nullable Object> answers) {
        return Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> method.getDeclaringClass() == Object.class
                        ? ofObject(self, method, arguments)
                        : answers.apply(method));
    }

    private int remainingMs() {
        long deadline = Long.parseLong(next.header("lambda-runtime-deadline-ms"));
        return Math.clamp(deadline - System.currentTimeMillis(), 0, Integer.MAX_VALUE);
    }

    private Object logger(Class<?> type) {
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
            if (method.getDeclaringClass() == Object.class) {
                return ofObject(self, method, arguments);
            }
            Object message = arguments[0];
            String text = message instanceof byte[] bytes
                    ? new String(bytes, StandardCharsets.UTF_8)
                    : String.valueOf(message);
            log(text, arguments.length > 1 ? String.valueOf(arguments[1]) : UNDEFINED);
            return null;
        });
    }

    /** Writes a line as Lambda's logger does: one without a level passes every filter. */
    private void log(String message, String level) {
        boolean leveled = !level.equals(UNDEFINED);
        if (!"JSON".equals(System.getenv("AWS_LAMBDA_LOG_FORMAT"))) {
            output.println(leveled ? "[" + level + "] " + message : message);
            return;
        }
        String lowest =
                Optional.ofNullable(System.getenv("AWS_LAMBDA_LOG_LEVEL")).orElse("INFO");
        if (leveled && LEVELS.indexOf(level) < LEVELS.indexOf(lowest)) {
            return;
        }
        Map<String, @Nullable Object> line = new LinkedHashMap<>();
        line.put("timestamp", Instant.now().truncatedTo(ChronoUnit.MILLIS).toString());
        if (leveled) {
            line.put("level", level);
        }
        line.put("message", message);
        line.put("AWSRequestId", next.header("lambda-runtime-aws-request-id"));
        output.println(new String(Json.write(line), StandardCharsets.UTF_8));
    }

    @SuppressWarnings("ReferenceEquality") // a proxy is equal to itself only
    private static Object ofObject(Object self, Method method, Object[] arguments) {
        return switch (method.getName()) {
            case "equals" -> self == arguments[0];
            case "hashCode" -> System.identityHashCode(self);
            default -> "Context of the invocation";
        };
    }
}
