// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A process and everything it started, read from {@code /proc} where there is one. */
final class ProcessTree {
    private static final Path PROC = Path.of("/proc");
    private static final boolean HAS_PROC = Files.isReadable(PROC.resolve("self/stat"));
    private static final boolean HAS_CHILDREN =
            Files.isReadable(PROC.resolve("thread-self/children")); // a kernel option that most have
    private static final Pattern WORDS = Pattern.compile(" ");
    private static final int KILL_ROUNDS_MAX = 20;
    private static final int MEMBERS_MAX = 100_000;
    private static final long LISTING_AGE_MAX_NANOS = 20_000_000;
    private static final long SEARCH_AGE_MAX_NANOS = 1_000_000_000;

    private final long root;
    private final String marker;
    private volatile Listing recent = new Listing(0, Set.of(), System.nanoTime(), Set.of());

    /**
     * @param root the first process
     * @param marker an environment variable, {@code NAME=value}, that only this tree's processes have: it finds those that left
     *     their session
     */
    ProcessTree(long root, String marker) {
        this.root = root;
        this.marker = "\0" + marker + "\0";
    }

    static boolean readable() {
        return HAS_PROC;
    }

    /** The processes now alive: the root and its descendants. */
    Set<Long> members() {
        Set<Long> found = new LinkedHashSet<>();
        if (HAS_CHILDREN) {
            addWithChildren(root, found);
        } else {
            ProcessHandle.of(root).ifPresent(handle -> {
                found.add(root);
                handle.descendants().forEach(child -> found.add(child.pid()));
            });
        }
        return found;
    }

    private static void addWithChildren(long pid, Set<Long> found) {
        Deque<Long> left = new ArrayDeque<>(List.of(pid));
        while (!left.isEmpty() && found.size() < MEMBERS_MAX) {
            long next = left.pop();
            List<Path> tasks = children(PROC.resolve(next + "/task"));
            if (!tasks.isEmpty() && found.add(next)) {
                tasks.stream()
                        .flatMap(task -> WORDS.splitAsStream(read(task.resolve("children"))))
                        .filter(child -> !child.isBlank())
                        .map(Long::valueOf)
                        .forEach(left::push);
            }
        }
    }

    /**
     * The processes that were alive a moment ago, those included that have left the tree but still have the marker: for
     * those who look often.
     */
    Set<Long> recentMembers() {
        Listing listing = recent;
        long now = System.nanoTime();
        if (listing.pids().isEmpty() || now - listing.nanos() > LISTING_AGE_MAX_NANOS) {
            boolean searched = now - listing.searchNanos() > SEARCH_AGE_MAX_NANOS;
            Set<Long> strays = searched ? new HashSet<>(marked()) : listing.strays();
            Set<Long> pids = members();
            pids.addAll(strays);
            listing = new Listing(now, pids, searched ? now : listing.searchNanos(), strays);
            recent = listing;
        }
        return listing.pids();
    }

    private record Listing(long nanos, Set<Long> pids, long searchNanos, Set<Long> strays) {}

    /** Kills all of it, also what hid in a session of its own; comes back when nothing is left or after a bounded effort. */
    void kill() {
        for (int round = 0; round < KILL_ROUNDS_MAX; round++) {
            Set<Long> all = new HashSet<>(members());
            all.addAll(marked());
            all.removeIf(pid -> !alive(pid));
            if (all.isEmpty()) {
                return;
            }
            all.forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
            awaitEnd(all);
        }
    }

    private static void awaitEnd(Set<Long> pids) {
        long end = System.nanoTime() + 100_000_000;
        while (System.nanoTime() < end && pids.stream().anyMatch(ProcessTree::alive)) {
            LockSupport.parkNanos(500_000);
        }
    }

    private List<Long> marked() {
        List<Long> found = new ArrayList<>();
        for (Path process : children(PROC)) {
            String name = process.getFileName().toString();
            if (Character.isDigit(name.charAt(0)) && ("\0" + read(process.resolve("environ"))).contains(marker)) {
                found.add(Long.parseLong(name));
            }
        }
        return found;
    }

    private static boolean alive(long pid) {
        if (!HAS_PROC) {
            return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
        }
        String stat = read(PROC.resolve(pid + "/stat"));
        int end = stat.lastIndexOf(") ");
        return end >= 0 && stat.charAt(end + 2) != 'Z' && stat.charAt(end + 2) != 'X';
    }

    /** CPU time of all threads so far, in nanoseconds; threads that ended are missing from it. */
    long cpuNanos() {
        long sum = 0;
        for (long pid : recentMembers()) {
            for (Path task : children(PROC.resolve(pid + "/task"))) {
                String stat = read(task.resolve("schedstat"));
                int space = stat.indexOf(' ');
                sum += space > 0 ? Long.parseLong(stat.substring(0, space)) : 0;
            }
        }
        return sum;
    }

    /** Resident memory of all living processes in KB; {@code field} is {@code VmHWM} (each one's peak) or {@code VmRSS}. */
    long residentKB(String field) {
        return HAS_PROC
                ? recentMembers().stream()
                        .mapToLong(pid -> statusKB(pid, field))
                        .sum()
                : 0;
    }

    private static long statusKB(long pid, String field) {
        return read(PROC.resolve(pid + "/status"))
                .lines()
                .filter(line -> line.startsWith(field + ":"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElse(0);
    }

    // Processes end while they are looked at: what cannot be read any more is not there any more.
    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }

    private static List<Path> children(Path directory) {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            List<Path> all = new ArrayList<>();
            entries.forEach(all::add);
            return all;
        } catch (IOException | DirectoryIteratorException e) {
            return List.of();
        }
    }

    /** Whether a process of this id is alive, for telling leftovers of dead services. */
    static boolean isAlive(long pid) {
        return alive(pid);
    }

    static Stream<String> lines(Path file) {
        return read(file).lines();
    }
}
