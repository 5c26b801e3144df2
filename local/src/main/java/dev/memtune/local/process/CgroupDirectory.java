// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
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
    private static final int ROUNDS_MAX = 200;
    private static final long PAUSE_NANOS = 2_000_000;

    static CgroupDirectory create(Path parent, String name) {
        try {
            return new CgroupDirectory(Files.createDirectory(
                    parent.resolve("memtune-" + ProcessHandle.current().pid() + "-" + name)));
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

    /** Kills until the group is empty (a fork may be under way), then removes it; bounded. */
    void killAndRemove() {
        for (int round = 0; round < ROUNDS_MAX && Files.exists(path); round++) {
            List<String> pids = ProcessTree.lines(path.resolve("cgroup.procs")).toList();
            pids.forEach(pid -> ProcessHandle.of(Long.parseLong(pid)).ifPresent(ProcessHandle::destroyForcibly));
            if (pids.isEmpty() && removed()) {
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
