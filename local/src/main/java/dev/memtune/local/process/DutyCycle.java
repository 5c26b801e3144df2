// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.process;

import java.util.Optional;
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
    /** This means, if the machine has it. */
    static Optional<Confiner> find(int cpus, Warden warden) {
        long self = ProcessHandle.current().pid();
        boolean readable = new ProcessTree(self, Environment.marker("self")).cpuNanos() > 0;
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
            active = running;
            LockSupport.unpark(thread);
        }

        private boolean enforced() {
            return throttled && active && !ended;
        }

        private void run(long pid, ProcessTree tree) {
            DutyBudget budget = new DutyBudget(share.virtualCpus(), System.nanoTime(), tree.cpuNanos());
            while (!ended) {
                if (enforced()) {
                    budget.update(System.nanoTime(), tree.cpuNanos());
                    cycle(pid, tree, budget);
                } else {
                    LockSupport.park(this);
                }
            }
        }

        // Looked at while it stands still: the kernel brings a running thread's time up to date at ticks only.
        private void cycle(long pid, ProcessTree tree, DutyBudget budget) {
            sleep(budget.burstNanos());
            if (!enforced()) {
                return;
            }
            warden.pause(pid);
            try {
                budget.update(System.nanoTime(), tree.cpuNanos());
                sleep(budget.pauseNanos());
            } finally {
                warden.resume(pid);
            }
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
