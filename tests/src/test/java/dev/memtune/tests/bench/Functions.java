// SPDX-License-Identifier: Apache-2.0
package dev.memtune.tests.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.ToolProvider;

/** Functions that do nothing, in each runtime. */
enum Functions {
    PYTHON("python3.12", "app.handler", "app.py", "def handler(event, context):\n    return 1\n"),
    NODE("nodejs22.x", "app.handler", "app.js", "exports.handler = async () => 1;\n"),
    JAVA("java21", "App::handle", "App.java", "public class App { public int handle(Object event) { return 1; } }\n");

    private final String runtime;
    private final String handler;
    private final String file;
    private final String source;

    Functions(String runtime, String handler, String file, String source) {
        this.runtime = runtime;
        this.handler = handler;
        this.file = file;
        this.source = source;
    }

    /** The command that starts this runtime with a program that ends at once. */
    List<String> emptyProgram() {
        return switch (this) {
            case PYTHON ->
                List.of(interpreter("python3", "-c", "import sys; print(sys.executable)"), "-B", "-c", "pass");
            case NODE -> List.of(interpreter("node", "-p", "process.execPath"), "-e", "0");
            case JAVA ->
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-version");
        };
    }

    /** What is on the PATH may be a version manager's script: the program behind it, as the service takes it. */
    private static String interpreter(String... question) {
        try {
            Process process = new ProcessBuilder(question).start();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(question[0] + " does not run", e);
        }
    }

    /** The body of CreateFunction. */
    String creation(String name, int memoryMB) throws IOException {
        return """
                {"FunctionName": "%s", "Runtime": "%s", "Handler": "%s", "MemorySize": %d, "Timeout": 30,
                 "Role": "arn:aws:iam::000000000000:role/r", "Code": {"ZipFile": "%s"}}""".formatted(
                        name, runtime, handler, memoryMB, Base64.getEncoder().encodeToString(zip()));
    }

    private byte[] zip() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry(this == JAVA ? "App.class" : file));
            zip.write(this == JAVA ? compiled() : source.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private byte[] compiled() throws IOException {
        Path folder = Files.createTempDirectory("memtune-bench-java-");
        Path java = Files.writeString(folder.resolve(file), source);
        int status = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "--release", "21", "-d", folder.toString(), java.toString());
        if (status != 0) {
            throw new IllegalStateException("the benchmark's function does not compile");
        }
        return Files.readAllBytes(folder.resolve("App.class"));
    }
}
