// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.process;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * CPU shares without privileges: the processes are stopped and continued so that their CPU time follows the share. Needs
 * {@code schedstat} of each thread under {@code /proc}, as Linux has it.
 *
 * @param cpus processors that functions may use
 * @param warden sends the signals
 */
record DutyCycle(int cpus, Warden warden) implements Confiner {
    private static final long TICK_NANOS = 4_000_000;
    private static final long STOP_NANOS = 200_000;

    /** This means, if the machine has it. */
    static Optional<Confiner> find(int cpus, Warden warden) {
        long self = ProcessHandle.current().pid();
        boolean readable = new ProcessTree(self, Marker.of("self")).cpuNanos() > 0;
        return readable ? Optional.of(new DutyCycle(cpus, warden)) : Optional.empty();
    }

    @Override
    public Confinement confine(String name, CpuShare share) {
        return new Cycle(name, share, warden);
    }

    @Override
    public Isolation isolation() {
        return new Isolation("stop/continue duty cycle, 20 ms period", MemoryWatch.DESCRIPTION, cpus, true);
    }

    private static final class Cycle extends MemoryWatch {
        private final CpuShare share;
        private final Warden warden;
        private volatile boolean throttled;
        private volatile boolean active;
        private volatile boolean ended;
        private @Nullable Thread thread;

        Cycle(String name, CpuShare share, Warden warden) {
            super(name, share.memoryMB());
            this.share = share;
            this.warden = warden;
        }

        @Override
        public void attach(long pid) {
            super.attach(pid);
            ProcessTree tree = tree();
            thread = Thread.ofPlatform().daemon().name("duty-" + pid).start(() -> run(pid, tree));
        }

        @Override
        public void throttle() {
            throttled = true;
        }

        @Override
        public void active(boolean running) {
            if (active != running) {
                active = running;
                LockSupport.unpark(thread);
            }
        }

        private boolean enforced() {
            return throttled && active && !ended;
        }

        private void run(long pid, ProcessTree tree) {
            DutyBudget budget = new DutyBudget(share.virtualCpus(), System.nanoTime(), tree.cpuNanos());
            while (!ended) {
                if (enforced()) {
                    cycle(pid, tree, budget);
                } else {
                    LockSupport.park(this);
                    budget.ran(System.nanoTime(), tree.cpuNanos());
                }
            }
        }

        private void cycle(long pid, ProcessTree tree, DutyBudget budget) {
            sleep(budget.burstNanos());
            budget.ran(System.nanoTime(), tree.cpuNanos());
            if (!enforced() || budget.covers(TICK_NANOS)) {
                return;
            }
            Set<Long> members = tree.recentMembers();
            warden.pause(pid, members);
            try {
                stand(tree, budget);
            } finally {
                warden.resume(pid, members);
            }
        }

        // What they used is known only now: the kernel brings a running thread's time up to date at ticks.
        private void stand(ProcessTree tree, DutyBudget budget) {
            sleep(STOP_NANOS);
            budget.ran(System.nanoTime(), tree.cpuNanos());
            sleep(budget.pauseNanos());
            budget.stood(System.nanoTime(), tree.cpuNanos());
        }

        private void sleep(long nanos) {
            long end = System.nanoTime() + nanos;
            for (long left = nanos; left > 0 && enforced(); left = end - System.nanoTime()) {
                LockSupport.parkNanos(this, left);
            }
        }

        @Override
        public void close() {
            ended = true;
            LockSupport.unpark(thread);
            super.close();
        }
    }
}
