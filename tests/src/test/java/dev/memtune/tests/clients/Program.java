// SPDX-License-Identifier: Apache-2.0
package dev.memtune.tests.clients;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A program of somebody else that uses the service, put there by {@code tests/judges/install.sh}.
 *
 * @param executable its file
 * @param folder where it runs
 */
record Program(Path executable, Path folder) {
    private static final long TIMEOUT_SECONDS = 240;
    private static final Path JUDGES = Path.of("judges").toAbsolutePath();

    static final Program PYTHON = new Program(JUDGES.resolve(".venv/bin/python"), JUDGES);
    static final Program AWS = new Program(JUDGES.resolve(".venv/bin/aws"), JUDGES);
    static final Program NODE = new Program(JUDGES.resolve("node_modules/node/bin/node"), JUDGES);

    /** What a program printed, and how it ended. */
    record Result(int exitCode, String output, String errors) {}

    /** Skips the test if the program is missing; never in continuous integration. */
    void require() {
        if (Files.isExecutable(executable)) {
            return;
        }
        String reason = executable + " is not installed; run tests/judges/install.sh";
        if ("true".equals(System.getenv("CI"))) {
            fail(reason);
        }
        abort(reason);
    }

    /**
     * Runs it to its end.
     *
     * @param environment variables besides those of this process
     * @throws IOException if it does not start, or does not end in four minutes
     */
    Result run(Map<String, String> environment, List<String> arguments) throws IOException, InterruptedException {
        Path files = Files.createTempDirectory("program");
        Path output = files.resolve("out.txt");
        Path errors = files.resolve("err.txt");
        List<String> command = new ArrayList<>(List.of(executable.toString()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        boolean isOver = process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        process.destroyForcibly().waitFor();
        if (!isOver) {
            throw new IOException(command + " did not end: " + text(errors));
        }
        return new Result(process.exitValue(), text(output), text(errors));
    }

    private static String text(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.UTF_8);
    }
}
