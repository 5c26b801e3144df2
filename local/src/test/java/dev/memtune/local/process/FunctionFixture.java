// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.process;

import com.amazonaws.services.lambda.runtime.Context;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** Functions written by tests, and how they are invoked. */
final class FunctionFixture {
    private final FunctionRunner runner;
    private final Path folder;

    FunctionFixture(FunctionRunner runner, Path folder) {
        this.runner = runner;
        this.folder = folder;
    }

    RunnableVersion python(String code) {
        return version("python3.12", "app.handler", code(Map.of("app.py", code)));
    }

    RunnableVersion node(String code) {
        return version("nodejs22.x", "app.handler", code(Map.of("app.js", code)));
    }

    RunnableVersion java(String handler, String code) {
        Path target = code(Map.of("app/Main.java", code));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        int status = compiler.run(
                null,
                null,
                null,
                "-d",
                target.toString(),
                target.resolve("app/Main.java").toString());
        if (status != 0) {
            throw new IllegalArgumentException("The test's function does not compile");
        }
        return version("java21", handler, target);
    }

    /** A package of jars only: the class, compiled, in one, AWS's interfaces in the other. */
    RunnableVersion jars(String handler, String code) throws IOException {
        Path interfaces = interfaces();
        Path source = code(Map.of("app/Main.java", code));
        Path classes = source.resolve("classes");
        int status = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-cp",
                        interfaces.toString(),
                        "-d",
                        classes.toString(),
                        source.resolve("app/Main.java").toString());
        if (status != 0) {
            throw new IllegalArgumentException("The test's function does not compile");
        }
        Path lib = Files.createDirectories(
                folder.resolve(UUID.randomUUID().toString()).resolve("lib"));
        Files.copy(interfaces, lib.resolve("aws-lambda-java-core.jar"));
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(lib.resolve("handler.jar")));
                Stream<Path> compiled = Files.walk(classes)) {
            for (Path file : compiled.filter(Files::isRegularFile).toList()) {
                jar.putNextEntry(new ZipEntry(classes.relativize(file).toString()));
                jar.write(Files.readAllBytes(file));
            }
        }
        return version("java21", handler, Objects.requireNonNull(lib.getParent()));
    }

    private static Path interfaces() {
        try {
            return Path.of(Context.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("AWS's interfaces are not in a file", e);
        }
    }

    RunnableVersion provided(String script) {
        Path target = code(Map.of("bootstrap", script));
        if (!target.resolve("bootstrap").toFile().setExecutable(true)) {
            throw new IllegalStateException("The bootstrap cannot be made executable");
        }
        return version("provided.al2023", "app.handler", target);
    }

    Path code(Map<String, String> files) {
        Path target = folder.resolve(UUID.randomUUID().toString());
        files.forEach((name, text) -> write(target.resolve(name), text));
        return target;
    }

    private static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    static RunnableVersion version(String runtime, String handler, Path code) {
        String arn = "arn:aws:lambda:eu-west-1:000000000000:function:f:" + UUID.randomUUID();
        return new RunnableVersion(
                arn, "f", "7", runtime, handler, code, 1769, Duration.ofSeconds(10), Map.of("GREETING", "hello"));
    }

    static RunnableVersion with(RunnableVersion version, int memoryMB, Duration timeout) {
        return new RunnableVersion(
                version.versionArn(),
                version.functionName(),
                version.version(),
                version.runtime(),
                version.handler(),
                version.codeDirectory(),
                memoryMB,
                timeout,
                version.environment());
    }

    Outcome invoke(RunnableVersion version, String event) throws InterruptedException {
        return invoke(version, event, Optional.empty());
    }

    Outcome invoke(RunnableVersion version, String event, Optional<String> clientContext) throws InterruptedException {
        String id = UUID.randomUUID().toString();
        byte[] payload = event.getBytes(StandardCharsets.UTF_8);
        String arn = "arn:aws:lambda:eu-west-1:000000000000:function:f:prod";
        return Outcome.of(id, runner.invoke(version, new Invocation(id, arn, payload, clientContext)));
    }

    /** A result as text. */
    record Outcome(String requestId, String payload, Optional<String> functionError, String log) {
        static Outcome of(String requestId, InvocationResult result) {
            return new Outcome(
                    requestId,
                    new String(result.payload(), StandardCharsets.UTF_8),
                    result.functionError(),
                    new String(result.log(), StandardCharsets.UTF_8));
        }

        /** The REPORT line. */
        String report() {
            List<String> lines =
                    log.lines().filter(line -> line.startsWith("REPORT ")).toList();
            if (lines.size() != 1) {
                throw new AssertionError("One REPORT line expected in:\n" + log);
            }
            return lines.getFirst();
        }

        double durationMs() {
            return Double.parseDouble(report().replaceAll(".*\tDuration: ([0-9.]+) ms.*", "$1"));
        }

        boolean cold() {
            return report().contains("\tInit Duration: ");
        }
    }
}
