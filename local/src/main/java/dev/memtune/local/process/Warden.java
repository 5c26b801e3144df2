// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One small shell beside the service. It kills the functions' process groups when the service is gone, however that
 * happened, because its input then ends; and it sends signals without starting a process for each.
 */
final class Warden implements AutoCloseable {
    /** Reads {@code watch PID}, {@code forget PID}, {@code STOP PID}, {@code CONT PID}; at the end kills what is watched. */
    private static final String SCRIPT = """
            trap '' INT TERM HUP PIPE
            watched=' '
            while read -r word pid; do
              case $word in
                watch) watched="$watched$pid " ;;
                forget) case $watched in *" $pid "*) watched="${watched%%" $pid "*} ${watched#*" $pid "}" ;; esac ;;
                STOP|CONT) kill -s "$word" -- "-$pid" || kill -s "$word" "$pid" ;;
              esac
            done
            for pid in $watched; do
              kill -s KILL -- "-$pid" || kill -s KILL "$pid"
            done
            case $1 in */memtune-functions-*) rm -rf "$1" ;; esac
            """;

    private final Process shell;
    private final Writer commands;
    private final Optional<Path> setsid = Runtimes.onPath("setsid");

    /** @param folder the service's folder for environments, deleted at the end */
    Warden(Path folder) throws IOException {
        List<String> words = inOwnGroup(List.of("/bin/sh", "-c", SCRIPT, "memtune-warden", folder.toString()));
        this.shell = new ProcessBuilder(words)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        this.commands = shell.outputWriter(StandardCharsets.US_ASCII);
    }

    /** The command in a process group of its own, where the machine has the means. */
    List<String> inOwnGroup(List<String> words) {
        List<String> all = new ArrayList<>();
        setsid.ifPresent(program -> all.add(program.toString()));
        all.addAll(words);
        return all;
    }

    /** Has this process and its group killed when the service ends. */
    void watch(long pid) {
        tell("watch", pid);
    }

    /** The process has ended; its id may belong to another one soon. */
    void forget(long pid) {
        tell("forget", pid);
    }

    /** Stops the group's processes. */
    void pause(long pid) {
        tell("STOP", pid);
    }

    /** Lets the group's processes go on. */
    void resume(long pid) {
        tell("CONT", pid);
    }

    private synchronized void tell(String word, long pid) {
        try {
            commands.write(word + " " + pid + "\n");
            commands.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("The shell that watches the functions is gone", e);
        }
    }

    @Override
    public void close() {
        try {
            commands.close();
        } catch (IOException e) {
            shell.destroyForcibly(); // it is gone or broken; its work at the end is done by the runner's close
        }
    }
}
