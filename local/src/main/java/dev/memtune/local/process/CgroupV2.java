// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * CPU quota and memory limit by cgroup v2, in the nearest group above this process that is ours to divide: a delegated one
 * of systemd's, or the root for root (<a href="https://docs.kernel.org/admin-guide/cgroup-v2.html">cgroup-v2</a>).
 *
 * <p>Written from the documentation.
 */
final class CgroupV2 implements Confiner {
    private static final Path ROOT = Path.of("/sys/fs/cgroup");
    private static final String OWN_GROUP = "0::/";

    private final Path parent;
    private final int cpus;

    private CgroupV2(Path parent, int cpus) {
        this.parent = parent;
        this.cpus = cpus;
        CgroupDirectory.removeLeftovers(parent);
    }

    /** This means, if the machine has it. */
    static Optional<Confiner> find(int cpus) {
        if (!Files.exists(ROOT.resolve("cgroup.controllers"))) {
            return Optional.empty();
        }
        return ProcessTree.lines(Path.of("/proc/self/cgroup"))
                .filter(line -> line.startsWith(OWN_GROUP))
                .map(line -> ROOT.resolve(line.substring(OWN_GROUP.length())))
                .findFirst()
                .flatMap(CgroupV2::divisible)
                .map(parent -> new CgroupV2(parent, cpus));
    }

    // A group that has processes of its own cannot be divided, so this process's own group seldom can; one above it
    // may.
    // Moving a process needs write access to cgroup.procs of the nearest group above both places.
    private static Optional<Path> divisible(Path own) {
        for (Path group = own; group != null && group.startsWith(ROOT); group = group.getParent()) {
            if (Files.isWritable(group) && Files.isWritable(group.resolve("cgroup.procs")) && divided(group)) {
                return Optional.of(group);
            }
        }
        return Optional.empty();
    }

    private static boolean divided(Path group) {
        Path control = group.resolve("cgroup.subtree_control");
        if (hasControllers(control)) {
            return true;
        }
        try {
            Files.writeString(control, "+cpu +memory");
        } catch (IOException e) {
            return false; // not delegated, or it has processes: the next one above may do
        }
        return hasControllers(control);
    }

    private static boolean hasControllers(Path control) {
        List<String> names = ProcessTree.lines(control)
                .flatMap(line -> List.of(line.split(" ")).stream())
                .toList();
        return names.containsAll(List.of("cpu", "memory"));
    }

    @Override
    public Confinement confine(String name, CpuShare share) {
        CgroupDirectory group = CgroupDirectory.create(parent, name);
        try {
            group.write("memory.max", Long.toString(share.memoryMB() * 1024L * 1024L));
            group.write("cpu.weight", Integer.toString(100 * CpuShare.WEIGHT));
            if (Files.exists(group.path().resolve("memory.swap.max"))) {
                group.write("memory.swap.max", "0");
            }
            return new Group(group, share);
        } catch (RuntimeException e) {
            group.killAndRemove();
            throw e;
        }
    }

    @Override
    public Isolation isolation() {
        return new Isolation("cgroup v2 quota, 20 ms period", "cgroup v2 limit", cpus, true);
    }

    private record Group(CgroupDirectory directory, CpuShare share) implements Confinement {
        @Override
        public List<String> joining(List<String> words) {
            return CgroupDirectory.joining(List.of(directory), words);
        }

        @Override
        public void active(boolean running) {
            directory.freeze(!running);
        }

        @Override
        public void throttle() {
            directory.write("cpu.max", share.quotaUs() + " " + CpuShare.PERIOD_US);
        }

        @Override
        public boolean outOfMemory() {
            return directory.counter("memory.events", "oom_kill") > 0;
        }

        @Override
        public long peakKB() {
            return directory.bytes("memory.peak") / 1024;
        }

        @Override
        public void close() {
            try {
                directory.write("cpu.max", "max " + CpuShare.PERIOD_US); // the dying need CPU time too
            } finally {
                directory.freeze(true);
                directory.killAll();
                directory.killAndRemove();
            }
        }
    }
}
