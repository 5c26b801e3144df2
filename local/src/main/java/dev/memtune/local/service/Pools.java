// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.service;

import dev.memtune.local.function.DeployedFunction;
import dev.memtune.local.function.FunctionArns;
import dev.memtune.local.process.FunctionRunner;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Knows which versions are in existence and which are running, so that a version's environments are stopped when it is gone
 * and its last invocation has ended: AWS lets running invocations finish.
 */
final class Pools implements ChangeListener {
    private final FunctionRunner runner;
    private final FunctionArns arns;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Integer> running = new HashMap<>();
    private final Set<String> existing = new HashSet<>();

    Pools(FunctionRunner runner, FunctionArns arns) {
        this.runner = runner;
        this.arns = arns;
    }

    /** A published version's identity for the runner. */
    String identity(String function, int version) {
        return arns.qualified(function, Integer.toString(version));
    }

    /** The identity of {@code $LATEST} as it is served now: with the deployment, so that no change meets old environments. */
    String latestIdentity(DeployedFunction function) {
        return arns.qualified(function.name(), DeployedFunction.LATEST) + "@"
                + function.latest().served().id();
    }

    @Override
    public void replaced(Optional<DeployedFunction> before, Optional<DeployedFunction> after) {
        Set<String> gone = identities(before);
        Set<String> present = identities(after);
        gone.removeAll(present);
        lock.lock();
        try {
            existing.addAll(present);
            existing.removeAll(gone);
            gone.removeIf(running::containsKey);
        } finally {
            lock.unlock();
        }
        gone.forEach(runner::retire);
    }

    private Set<String> identities(Optional<DeployedFunction> function) {
        Set<String> identities = new HashSet<>();
        function.ifPresent(f -> {
            identities.add(latestIdentity(f));
            f.versions().keySet().forEach(number -> identities.add(identity(f.name(), number)));
        });
        return identities;
    }

    /** An invocation starts. */
    void enter(String identity) {
        lock.lock();
        try {
            running.merge(identity, 1, Integer::sum);
        } finally {
            lock.unlock();
        }
    }

    /** An invocation has ended; the last one of a version that is gone takes its environments along. */
    void leave(String identity) {
        boolean retire;
        lock.lock();
        try {
            boolean last = running.computeIfPresent(identity, (id, count) -> count == 1 ? null : count - 1) == null;
            retire = last && !existing.contains(identity);
        } finally {
            lock.unlock();
        }
        if (retire) {
            runner.retire(identity);
        }
    }
}
