// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.service;

import dev.memtune.local.function.DeployedFunction;
import dev.memtune.local.function.FunctionArns;
import dev.memtune.local.function.FunctionReference;
import dev.memtune.local.function.LambdaFault;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;

/**
 * All functions: in memory, and on the disk before a change is answered. Changes happen one at a time. Time passes when
 * somebody looks: a transition whose end has come is completed then.
 */
final class Account {
    private final StateFiles<DeployedFunction> files;
    private final InstantSource clock;
    private final FunctionArns arns;
    private final List<ChangeListener> listeners;
    private final ReentrantLock changes = new ReentrantLock();
    private final ConcurrentSkipListMap<String, DeployedFunction> functions = new ConcurrentSkipListMap<>();

    /** @param listeners are told of every change, and of every function at the start */
    Account(StateFiles<DeployedFunction> files, InstantSource clock, FunctionArns arns, List<ChangeListener> listeners)
            throws IOException {
        this.files = files;
        this.clock = clock;
        this.arns = arns;
        this.listeners = List.copyOf(listeners);
        for (DeployedFunction function : files.load()) {
            replace(Optional.empty(), function);
        }
    }

    /** All functions by name. */
    List<DeployedFunction> all() {
        return functions.values().stream().map(this::settled).toList();
    }

    Optional<DeployedFunction> find(String name) {
        return Optional.ofNullable(functions.get(name)).map(this::settled);
    }

    /** @throws LambdaFault 404 if there is no such function */
    DeployedFunction function(FunctionReference reference) {
        return find(reference.name())
                .orElseThrow(() -> LambdaFault.notFound("Function not found: " + reference.arn(arns)));
    }

    private DeployedFunction settled(DeployedFunction function) {
        DeployedFunction settled = function.settled(clock.instant());
        if (!settled.equals(function) && changes.tryLock()) { // otherwise whoever looks next takes note of it
            try {
                if (functions.replace(function.name(), function, settled)) {
                    tell(Optional.of(function), Optional.of(settled));
                }
            } finally {
                changes.unlock();
            }
        }
        return settled;
    }

    /** @throws LambdaFault 409 if the function exists */
    void create(DeployedFunction function) throws IOException {
        changes.lock();
        try {
            requireAbsent(function.name());
            files.save(function.name(), function);
            replace(Optional.empty(), function);
        } finally {
            changes.unlock();
        }
    }

    /** @throws LambdaFault 409 if the function exists */
    void requireAbsent(String name) {
        if (functions.containsKey(name)) {
            throw LambdaFault.conflict("Function already exist: " + name);
        }
    }

    /**
     * Changes a function.
     *
     * @param rule makes the next state from the present one; throws a {@link LambdaFault} to change nothing
     * @return the next state
     */
    DeployedFunction change(FunctionReference reference, UnaryOperator<DeployedFunction> rule) throws IOException {
        changes.lock();
        try {
            DeployedFunction before = function(reference);
            DeployedFunction after = rule.apply(before);
            if (!after.equals(before)) {
                files.save(after.name(), after);
                replace(Optional.of(before), after);
            }
            return after;
        } finally {
            changes.unlock();
        }
    }

    private void replace(Optional<DeployedFunction> before, DeployedFunction after) {
        functions.put(after.name(), after);
        tell(before, Optional.of(after));
    }

    private void tell(Optional<DeployedFunction> before, Optional<DeployedFunction> after) {
        listeners.forEach(listener -> listener.replaced(before, after));
    }

    /** Removes a function with all its versions. */
    void delete(FunctionReference reference) throws IOException {
        changes.lock();
        try {
            DeployedFunction function = function(reference);
            files.delete(function.name());
            functions.remove(function.name());
            tell(Optional.of(function), Optional.empty());
        } finally {
            changes.unlock();
        }
    }

    Instant now() {
        return clock.instant();
    }
}
