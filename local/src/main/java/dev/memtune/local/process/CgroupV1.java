// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** CPU quota and memory limit by cgroup v1 controllers that are mounted writable, as for root outside a container. */
final class CgroupV1 implements Confiner {
    private static final Path ROOT = Path.of("/sys/fs/cgroup");

    private final Path cpu;
    private final Path memory;
    private final Optional<Path> freezer;
    private final int cpus;

    private CgroupV1(Path cpu, Path memory, int cpus) {
        this.cpu = cpu;
        this.memory = memory;
        this.freezer = Optional.of(ROOT.resolve("freezer")).filter(Files::isWritable);
        this.cpus = cpus;
        freezer.ifPresent(CgroupDirectory::removeLeftovers); // first: the frozen cannot die
        CgroupDirectory.removeLeftovers(cpu);
        CgroupDirectory.removeLeftovers(memory);
    }

    /** This means, if the machine has it. */
    static Optional<Confiner> find(int cpus) {
        Path cpu = ROOT.resolve("cpu");
        Path memory = ROOT.resolve("memory");
        boolean usable = Files.isWritable(cpu)
                && Files.isWritable(memory)
                && Files.exists(cpu.resolve("cpu.cfs_quota_us"))
                && Files.exists(memory.resolve("memory.limit_in_bytes"));
        return usable ? Optional.of(new CgroupV1(cpu, memory, cpus)) : Optional.empty();
    }

    @Override
    public Confinement confine(String name, CpuShare share) {
        List<CgroupDirectory> made = new ArrayList<>();
        try {
            CgroupDirectory cpuGroup = CgroupDirectory.create(cpu, name);
            made.add(cpuGroup);
            CgroupDirectory memoryGroup = CgroupDirectory.create(memory, name);
            made.add(memoryGroup);
            memoryGroup.write("memory.limit_in_bytes", Long.toString(share.memoryMB() * 1024L * 1024L));
            cpuGroup.write("cpu.shares", Integer.toString(1024 * CpuShare.WEIGHT));
            cpuGroup.write("cpu.cfs_period_us", Integer.toString(CpuShare.PERIOD_US));
            freezer.ifPresent(parent -> made.add(CgroupDirectory.create(parent, name)));
            return new Group(cpuGroup, memoryGroup, List.copyOf(made), share);
        } catch (RuntimeException e) {
            made.forEach(CgroupDirectory::killAndRemove);
            throw e;
        }
    }

    @Override
    public Isolation isolation() {
        return new Isolation("cgroup v1 quota, 20 ms period", "cgroup v1 limit", cpus, true);
    }

    private record Group(CgroupDirectory cpu, CgroupDirectory memory, List<CgroupDirectory> all, CpuShare share)
            implements Confinement {
        @Override
        public List<String> joining(List<String> words) {
            return CgroupDirectory.joining(all, words);
        }

        @Override
        public void throttle() {
            cpu.write("cpu.cfs_quota_us", Integer.toString(share.quotaUs()));
        }

        @Override
        public void active(boolean running) {
            all.forEach(group -> group.freeze(!running));
        }

        @Override
        public boolean outOfMemory() {
            return memory.counter("memory.oom_control", "oom_kill") > 0;
        }

        @Override
        public long peakKB() {
            return memory.bytes("memory.max_usage_in_bytes") / 1024;
        }

        @Override
        public void close() {
            try {
                cpu.write("cpu.cfs_quota_us", "-1"); // the dying need CPU time too
            } finally {
                all.forEach(group -> group.freeze(true));
                all.forEach(CgroupDirectory::killAll);
                all.forEach(group -> group.freeze(false)); // what is killed while frozen dies when it thaws
                all.forEach(CgroupDirectory::killAndRemove);
            }
        }
    }
}
