// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One small shell beside the service. It kills the functions' processes when the service is gone, however that happened,
 * because its input then ends; and it sends signals without starting a process for each.
 */
final class Warden implements AutoCloseable {
    /**
     * Reads {@code watch PID}, {@code forget PID}, {@code STOP PIDS}, {@code CONT PIDS}, {@code quit}. Where the input ends
     * without {@code quit} it thaws and kills what is watched, what is in cgroups of the service's ($3) and what has the
     * service's marker ($2), and deletes the service's folder ($1).
     */
    private static final String SCRIPT = """
            trap '' INT TERM HUP PIPE
            watched=' '
            while read -r word pids; do
              case $word in
                watch) watched="$watched$pids " ;;
                forget) case $watched in *" $pids "*) watched="${watched%%" $pids "*} ${watched#*" $pids "}" ;; esac ;;
                STOP|CONT) kill -s "$word" -- $pids ;;
                quit) exit 0 ;;
              esac
            done
            for pid in $watched; do
              kill -s KILL -- "-$pid" || kill -s KILL "$pid"
            done
            for round in 1 2 3 4 5; do
              for procs in $(find /sys/fs/cgroup -path "*/$3-*/cgroup.procs"); do
                kill -s KILL $(cat "$procs")
                state=${procs%cgroup.procs}freezer.state
                test -e "$state" && echo THAWED > "$state"
                state=${procs%cgroup.procs}cgroup.freeze
                test -e "$state" && echo 0 > "$state"
              done
              for environ in $(grep -als "$2" /proc/[0-9]*/environ); do
                pid=${environ#/proc/}
                kill -s KILL "${pid%/environ}"
              done
            done
            case $1 in */memtune-functions-*) rm -rf "$1" ;; esac
            """;

    private final Process shell;
    private final Writer commands;
    private final Optional<Path> setsid = Runtimes.onPath("setsid");

    /** @param folder the service's folder for environments, deleted at the end */
    Warden(Path folder) throws IOException {
        List<String> words = inOwnGroup(List.of(
                "/bin/sh",
                "-c",
                SCRIPT,
                "memtune-warden",
                folder.toString(),
                Marker.ofService(),
                CgroupDirectory.ofService()));
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
        tell("watch " + pid);
    }

    /** The process has ended; its id may belong to another one soon. */
    void forget(long pid) {
        tell("forget " + pid);
    }

    /** Stops the group of {@code leader} and the other processes. */
    void pause(long leader, Collection<Long> others) {
        tell("STOP " + targets(leader, others));
    }

    /** Lets the group of {@code leader} and the other processes go on. */
    void resume(long leader, Collection<Long> others) {
        tell("CONT " + targets(leader, others));
    }

    private static String targets(long leader, Collection<Long> others) {
        return "-" + leader + others.stream().map(pid -> " " + pid).collect(Collectors.joining());
    }

    private synchronized void tell(String line) {
        try {
            commands.write(line + "\n");
            commands.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("The shell that watches the functions is gone", e);
        }
    }

    /** Ends the shell; it kills nothing then. */
    @Override
    public void close() {
        try (commands) {
            tell("quit");
        } catch (IOException | UncheckedIOException e) {
            shell.destroyForcibly(); // it is gone or broken; the runner has ended its environments itself
        }
    }
}
