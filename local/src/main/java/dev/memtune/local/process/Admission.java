// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.process;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets work run only while the CPU shares of all that runs fit the machine, first come first served. A share larger than the
 * whole machine runs alone. Shares are counted in MB of memory size, which is exact.
 */
final class Admission {
    private final long capacityMB;
    private final int waitersMax;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Condition> waiters = new ArrayDeque<>();
    private long usedMB;

    /**
     * @param cpus processors that functions may use, 1 or more
     * @param waitersMax the most callers that may wait
     */
    Admission(int cpus, int waitersMax) {
        if (cpus < 1) {
            throw new IllegalArgumentException("cpus must be 1 or more, got: " + cpus);
        }
        this.capacityMB = (long) cpus * CpuShare.MB_PER_CPU;
        this.waitersMax = waitersMax;
    }

    /**
     * Waits until the share fits and everybody who came before has been let in.
     *
     * @throws NotRun if too many wait already
     * @throws InterruptedException if interrupted while waiting; nothing is held then
     */
    Permit acquire(int shareMB) throws InterruptedException {
        long units = Math.min(shareMB, capacityMB);
        lock.lockInterruptibly();
        try {
            if (!waiters.isEmpty() || !fits(units)) {
                await(units);
            }
            usedMB += units;
            return new Permit(units);
        } finally {
            lock.unlock();
        }
    }

    private void await(long units) throws InterruptedException {
        if (waiters.size() >= waitersMax) {
            throw new NotRun(
                    NotRun.Reason.BUSY,
                    "At most " + waitersMax + " invocations may wait for CPU; invoke fewer at a time");
        }
        Condition turn = lock.newCondition();
        waiters.addLast(turn);
        try {
            while (!turn.equals(waiters.peekFirst()) || !fits(units)) {
                turn.await();
            }
        } finally {
            waiters.remove(turn);
            wakeFirst(); // it looks again itself, once the lock is free and this share is counted
        }
    }

    private boolean fits(long units) {
        return usedMB + units <= capacityMB;
    }

    private void wakeFirst() {
        Condition first = waiters.peekFirst();
        if (first != null) {
            first.signal();
        }
    }

    /** How many wait. */
    int waiting() {
        lock.lock();
        try {
            return waiters.size();
        } finally {
            lock.unlock();
        }
    }

    /** A share of the machine that is held until closed. */
    final class Permit implements AutoCloseable {
        private long units;

        private Permit(long units) {
            this.units = units;
        }

        /** Gives back what is held above this share; never takes more. */
        void shrinkTo(int shareMB) {
            release(Math.min(units, shareMB));
        }

        @Override
        public void close() {
            release(0);
        }

        private void release(long kept) {
            lock.lock();
            try {
                usedMB -= units - kept;
                units = kept;
                wakeFirst();
            } finally {
                lock.unlock();
            }
        }
    }
}
