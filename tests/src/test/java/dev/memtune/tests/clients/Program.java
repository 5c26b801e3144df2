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
 * A program of somebody else.
 *
 * @param executable its file
 * @param folder where it runs
 * @param installer the script that puts it there
 */
record Program(Path executable, Path folder, String installer) {
    private static final long TIMEOUT_SECONDS = 240;
    private static final Path JUDGES = Path.of("judges").toAbsolutePath();

    private static final String JUDGES_INSTALLER = "tests/judges/install.sh";

    static final Program PYTHON = new Program(JUDGES.resolve(".venv/bin/python"), JUDGES, JUDGES_INSTALLER);
    static final Program AWS = new Program(JUDGES.resolve(".venv/bin/aws"), JUDGES, JUDGES_INSTALLER);
    static final Program NODE = new Program(JUDGES.resolve("node_modules/node/bin/node"), JUDGES, JUDGES_INSTALLER);
    static final Program MINISTACK = ofCloud(".ministack/bin/python");
    static final Program SAM = ofCloud(".sam/bin/sam");

    private static Program ofCloud(String file) {
        Path cloud = Path.of("cloud").toAbsolutePath();
        return new Program(cloud.resolve(file), cloud, "tests/cloud/install.sh");
    }

    /** What a program printed, and how it ended. */
    record Result(int exitCode, String output, String errors) {}

    /** Skips the test if the program is missing; never in continuous integration. */
    void require() {
        if (Files.isExecutable(executable)) {
            return;
        }
        String reason = executable + " is not installed; run " + installer;
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
        String printed = taken(output);
        String complaints = taken(errors);
        Files.delete(files);
        if (!isOver) {
            throw new IOException(command + " did not end: " + complaints);
        }
        return new Result(process.exitValue(), printed, complaints);
    }

    private static String taken(Path file) throws IOException {
        String text = Files.readString(file, StandardCharsets.UTF_8);
        Files.delete(file);
        return text;
    }
}
