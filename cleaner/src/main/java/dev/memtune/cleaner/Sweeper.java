// SPDX-License-Identifier: Apache-2.0
package dev.memtune.cleaner;

import dev.memtune.core.port.Sleeper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Looks for runs that ended without their own Clean, on a schedule; and for every run when the stack is deleted. */
final class Sweeper {
    /** A call in flight when a run was stopped is looked for once more after the time that it may still take. */
    private static final int RETIREMENT_PASSES = 2;

    private final Cleaner cleaner;
    private final Sleeper sleeper;
    private final Duration settlingTime;

    Sweeper(Cleaner cleaner, Sleeper sleeper, Duration settlingTime) {
        this.cleaner = cleaner;
        this.sleeper = sleeper;
        this.settlingTime = settlingTime;
    }

    /**
     * Cleans up after every run that cannot be going on any more.
     *
     * @return what was done
     * @throws StillDirty if a function is not as it was
     */
    List<CleanerOutput> sweep() {
        List<CleanerOutput> outputs = cleaner.sweep(cleaner::isOverdue);
        StillDirty.throwIf(outputs);
        return outputs;
    }

    /**
     * Stops every run and cleans up after it.
     *
     * @throws StillDirty if a function is not as it was
     * @throws InterruptedException if the thread is interrupted
     */
    List<CleanerOutput> retire() throws InterruptedException {
        List<CleanerOutput> all = new ArrayList<>();
        for (int pass = 0; pass < RETIREMENT_PASSES; pass++) {
            List<CleanerOutput> outputs = cleaner.sweep(run -> true);
            StillDirty.throwIf(outputs);
            all.addAll(outputs);
            if (!cleaner.hasUnfinished()) {
                break;
            }
            sleeper.sleep(settlingTime);
        }
        return all;
    }
}
