// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One cgroup of ours. Its name has a mark and this service's process id, so that what a dead service left can be told and
 * removed.
 *
 * @param path the group's directory
 */
record CgroupDirectory(Path path) {
    private static final Pattern NAME = Pattern.compile("memtune-(\\d+)-.*");
    private static final int ROUNDS_MAX = 1_000;
    private static final long PAUSE_NANOS = 2_000_000;
    private static final String FREEZER_V1 = "freezer.state";
    private static final String FREEZER_V2 = "cgroup.freeze";
    private static final String JOIN = """
            while [ "$1" != -- ]; do echo 0 > "$1" || exit 126; shift; done
            shift
            unset PWD OLDPWD SHLVL
            exec "$@"
            """;

    /** How the names of this service's groups begin. */
    static String ofService() {
        return "memtune-" + ProcessHandle.current().pid();
    }

    static CgroupDirectory create(Path parent, String name) {
        try {
            return new CgroupDirectory(Files.createDirectory(parent.resolve(ofService() + "-" + name)));
        } catch (IOException e) {
            throw new UncheckedIOException("No cgroup can be made in " + parent, e);
        }
    }

    /** Removes the groups of services that are no longer alive, with the processes in them. */
    static void removeLeftovers(Path parent) {
        try (DirectoryStream<Path> groups = Files.newDirectoryStream(parent, "memtune-*")) {
            for (Path group : groups) {
                Matcher name = NAME.matcher(group.getFileName().toString());
                if (name.matches() && !ProcessTree.isAlive(Long.parseLong(name.group(1)))) {
                    new CgroupDirectory(group).killAndRemove();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The cgroups in " + parent + " cannot be listed", e);
        }
    }

    void write(String file, String value) {
        try {
            Files.writeString(path.resolve(file), value);
        } catch (IOException e) {
            throw new UncheckedIOException("cgroup refused " + file + " = " + value, e);
        }
    }

    /** A counter in a file of {@code name value} lines; 0 if it is not there. */
    long counter(String file, String name) {
        return ProcessTree.lines(path.resolve(file))
                .filter(line -> line.startsWith(name + " "))
                .mapToLong(line -> Long.parseLong(line.substring(name.length() + 1)))
                .findFirst()
                .orElse(0);
    }

    /** The number in a file; 0 if it is not there. */
    long bytes(String file) {
        return ProcessTree.lines(path.resolve(file))
                .filter(line -> line.matches("\\d{1,18}"))
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElse(0);
    }

    /** The command that first goes into these groups; {@code sh} is replaced by it and leaves nothing behind. */
    static List<String> joining(List<CgroupDirectory> groups, List<String> words) {
        List<String> all = new ArrayList<>(List.of("/bin/sh", "-c", JOIN, "memtune-join"));
        groups.forEach(group -> all.add(group.path().resolve("cgroup.procs").toString()));
        all.add("--");
        all.addAll(words);
        return all;
    }

    /** Freezes or thaws the processes, where this group can; both may take a moment after this returns. */
    void freeze(boolean frozen) {
        try {
            if (Files.exists(path.resolve(FREEZER_V1))) {
                Files.writeString(path.resolve(FREEZER_V1), frozen ? "FROZEN" : "THAWED");
            } else if (Files.exists(path.resolve(FREEZER_V2))) {
                Files.writeString(path.resolve(FREEZER_V2), frozen ? "1" : "0");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cgroup " + path + " refused to be " + (frozen ? "frozen" : "thawed"), e);
        }
    }

    /** Sends every process of the group a SIGKILL, which frozen ones get when they thaw. */
    void killAll() {
        ProcessTree.lines(path.resolve("cgroup.procs"))
                .forEach(pid -> ProcessHandle.of(Long.parseLong(pid)).ifPresent(ProcessHandle::destroyForcibly));
    }

    /** Kills until the group is empty (a fork may be under way), then removes it; bounded. */
    void killAndRemove() {
        for (int round = 0; round < ROUNDS_MAX && Files.exists(path); round++) {
            killAll();
            freeze(false);
            if (removed()) {
                return;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private boolean removed() {
        try {
            return Files.deleteIfExists(path);
        } catch (IOException e) {
            return false; // busy until the kernel has reaped the last process; the caller tries again, boundedly
        }
    }
}
