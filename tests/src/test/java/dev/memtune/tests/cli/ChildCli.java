// SPDX-License-Identifier: Apache-2.0
package dev.memtune.tests.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs the command line in processes of its own: with an environment, and to be sent signals. */
public final class ChildCli {
    private static final long END_SECONDS = 180;

    private final Path folder;
    private final Map<String, String> environment;

    /**
     * For commands that share a state folder.
     *
     * @param folder holds the state and what the commands print
     * @param environment what the commands know of AWS; nothing else of this process' environment about AWS gets through
     */
    public ChildCli(Path folder, Map<String, String> environment) {
        this.folder = folder;
        this.environment = Map.copyOf(environment);
    }

    /** Runs a command to its end. */
    public Result launch(String... arguments) throws IOException, InterruptedException {
        return start(arguments).await();
    }

    /** Starts a command. */
    public Running start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dmemtune.home=" + Cli.ROOT,
                "-cp",
                System.getProperty("java.class.path"),
                "dev.memtune.cli.Memtune"));
        command.addAll(List.of(arguments));
        Path out = Files.createTempFile(folder, "out", ".txt");
        Path err = Files.createTempFile(folder, "err", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
        builder.environment().putAll(environment);
        builder.environment().put("HOME", folder.toString());
        builder.environment().put("XDG_STATE_HOME", folder.toString());
        builder.environment().put("AWS_EC2_METADATA_DISABLED", "true");
        Process process = builder.start();
        process.getOutputStream().close();
        return new Running(process, out, err);
    }

    /**
     * A command that was started.
     *
     * @param process its process
     * @param out where its standard output goes
     * @param err where its standard error goes
     */
    public record Running(Process process, Path out, Path err) {
        /** Sends a signal, such as {@code INT}. */
        public void signal(String name) throws IOException, InterruptedException {
            new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                    .start()
                    .waitFor();
        }

        /** Waits for its end. */
        public Result await() throws IOException, InterruptedException {
            return await(END_SECONDS);
        }

        /** Waits for its end, which others may hold up. */
        public Result await(long seconds) throws IOException, InterruptedException {
            if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
                throw new AssertionError("the command must end within " + seconds + " s, it has said:\n"
                        + Files.readString(out) + Files.readString(err));
            }
            return new Result(process.exitValue(), Files.readString(out), Files.readString(err));
        }
    }
}
