// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.registry;

import dev.memtune.core.port.LambdaFault;
import dev.memtune.core.registry.StackState.Absent;
import dev.memtune.core.registry.StackState.Changing;
import dev.memtune.core.registry.StackState.Deployed;
import dev.memtune.core.registry.StackState.Failed;
import dev.memtune.core.wire.AlgorithmType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Stacks that change when the test says so. Every change that was begun is remembered. */
public final class InMemoryAlgorithmStacks implements AlgorithmStacks {
    private final Map<String, StackState> states = new TreeMap<>();
    private final Map<String, AlgorithmItem> items = new TreeMap<>();
    private final TreeSet<String> connected = new TreeSet<>();
    private final TreeSet<String> removing = new TreeSet<>();
    private final List<String> begun = new ArrayList<>();
    private @Nullable LambdaFault fault;

    @Override
    public synchronized void deploy(AlgorithmItem item) {
        StackState state = answered(item.name());
        String deployment = ExecutionName.of(item);
        if (deploymentOf(state).equals(deployment)) {
            return;
        }
        begin("deploy " + deployment, item.name(), new Changing(deployment));
        items.put(item.name(), item);
    }

    @Override
    public synchronized boolean connect(String name) {
        StackState state = answered(name);
        AlgorithmItem item = items.get(name);
        boolean isFed = item != null && item.deployable().settings().type() == AlgorithmType.IN;
        if (!isFed || connected.contains(name)) {
            return true;
        }
        begin("connect " + name, name, new Changing(deploymentOf(state)));
        connected.add(name);
        return false;
    }

    @Override
    public synchronized void remove(String name) {
        if (!(answered(name) instanceof Absent)) {
            begin("remove " + name, name, new Changing(""));
            removing.add(name);
        }
    }

    @Override
    public synchronized StackState state(String name) {
        return answered(name);
    }

    private void begin(String what, String name, Changing change) {
        StackState state = answered(name);
        if (state instanceof Changing) {
            throw new LambdaFault.Conflict("the stack of " + name + " is changing", null);
        }
        states.put(name, change);
        begun.add(what);
    }

    private StackState answered(String name) {
        if (fault != null) {
            throw fault;
        }
        return states.getOrDefault(name, new Absent());
    }

    private static String deploymentOf(StackState state) {
        return switch (state) {
            case Absent absent -> "";
            case Changing changing -> changing.deployment();
            case Deployed deployed -> deployed.deployment();
            case Failed failed -> failed.deployment();
        };
    }

    /** The change that is under way succeeds. */
    public synchronized void succeed(String name) {
        if (removing.remove(name)) {
            states.remove(name);
            items.remove(name);
            connected.remove(name);
        } else {
            states.put(name, new Deployed(deploymentOf(answered(name))));
        }
    }

    /** The change that is under way fails. */
    public synchronized void fail(String name, List<String> reasons) {
        removing.remove(name);
        states.put(name, new Failed(deploymentOf(answered(name)), reasons));
    }

    /** From now on every call fails so; null for no more. */
    public synchronized void fault(@Nullable LambdaFault newFault) {
        fault = newFault;
    }

    /** What was begun, in order: {@code deploy DEPLOYMENT}, {@code connect NAME}, {@code remove NAME}. */
    public synchronized List<String> begun() {
        return List.copyOf(begun);
    }
}
