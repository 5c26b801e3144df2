// SPDX-License-Identifier: Apache-2.0
package dev.memtune.cli.watch;

import dev.memtune.cli.tuning.Ports;
import dev.memtune.cli.tuning.Workbench;
import dev.memtune.core.registry.AlgorithmItem;
import dev.memtune.core.registry.AlgorithmStatus;
import dev.memtune.core.registry.ExecutionName;
import dev.memtune.core.registry.Registry;
import dev.memtune.local.store.StartedExecutions;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * What becomes of executions that were cut off. The function is as it was before, the item says that this attempt failed, and
 * the next attempt at the same upload begins: a name is never used again.
 */
final class Restart {
    private static final int WRITES_MAX = 10;

    private final Ports ports;
    private final Registry registry;
    private final InstantSource clock;
    private final Consumer<String> words;

    /** @param words takes a line for each algorithm that is tried again */
    Restart(Ports ports, Consumer<String> words) {
        this.ports = ports;
        this.registry = ports.registry();
        this.clock = ports.clock();
        this.words = words;
    }

    /** Cleans up after what an earlier process was running, and tries it again. */
    void recover(StartedExecutions started) {
        Workbench.sweep(ports, run -> true);
        for (AlgorithmItem item : registry.all()) {
            String name = ExecutionName.of(item);
            boolean isUnderWay = item.status() == AlgorithmStatus.READY || item.status() == AlgorithmStatus.TUNING;
            if (isUnderWay && started.contains(name) && Workbench.finish(ports, name)) {
                again(name);
            }
        }
    }

    /** Begins the next attempt, if the present one is this execution's and has failed. */
    void again(String execution) {
        Predicate<AlgorithmItem> isCutOff = item -> item.status() == AlgorithmStatus.FAILED
                && ExecutionName.of(item).equals(execution);
        Optional<AlgorithmItem> failed = failed(execution, isCutOff);
        for (int write = 0; write < WRITES_MAX && failed.isPresent(); write++) {
            AlgorithmItem next = failed.get().retried(clock.instant());
            if (registry.put(next)) {
                words.accept(next.name() + ": its tuning was cut off; the function is as it was, attempt "
                        + next.attempt() + " follows");
                return;
            }
            failed = failed(execution, isCutOff);
        }
    }

    private Optional<AlgorithmItem> failed(String execution, Predicate<AlgorithmItem> isCutOff) {
        return ExecutionName.algorithm(execution).flatMap(registry::find).filter(isCutOff);
    }
}
