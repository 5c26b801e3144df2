// SPDX-License-Identifier: Apache-2.0
package dev.memtune.tests.cloud;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Programs of others, put there by {@code tests/cloud/install.sh}. */
public final class Tools {
    static final Path FOLDER = Path.of("cloud").toAbsolutePath();
    public static final Path SAM = FOLDER.resolve(".sam/bin/sam");
    static final Path SAM_PYTHON = FOLDER.resolve(".sam/bin/python");
    static final Path EMULATOR_PYTHON = FOLDER.resolve(".ministack/bin/python");

    private static final long PATIENCE_SECONDS = 900;

    private Tools() {}

    /** Skips a test by name where they are missing; never where everything must be there. */
    public static void require() {
        boolean areThere = Files.isExecutable(SAM) && Files.isExecutable(EMULATOR_PYTHON);
        boolean mustBeThere = "true".equals(System.getenv("CI"));
        assumeTrue(areThere || mustBeThere, "no SAM CLI or no emulator: tests/cloud/install.sh installs them");
    }

    /** Runs a program to its end and returns what it said. @throws AssertionError if it fails */
    public static String run(Path folder, Map<String, String> environment, List<String> command)
            throws IOException, InterruptedException {
        Path said = Files.createTempFile("tool", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        boolean isOver = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (!isOver) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        if (!isOver || process.exitValue() != 0) {
            throw new AssertionError(
                    String.join(" ", command) + (isOver ? " failed:\n" : " does not end:\n") + Files.readString(said));
        }
        return Files.readString(said);
    }
}
