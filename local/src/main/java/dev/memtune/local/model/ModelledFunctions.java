// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.model;

import dev.memtune.core.port.Sleeper;
import dev.memtune.local.process.FunctionRunner;
import dev.memtune.local.process.Invocation;
import dev.memtune.local.process.InvocationResult;
import dev.memtune.local.process.Isolation;
import dev.memtune.local.process.RunnableVersion;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** Computes the functions that have a model, whatever their runtime, and leaves the others to another runner. */
public final class ModelledFunctions implements FunctionRunner {
    private final FunctionRunner others;
    private final Sleeper sleeper;
    private final InstantSource clock;
    private final ConcurrentSkipListMap<String, Modelled> models = new ConcurrentSkipListMap<>();

    private record Modelled(FunctionModel model, ModelHost host) {}

    /**
     * Without any model yet.
     *
     * @param others runs the functions without a model; closed with this
     * @param sleeper lets time pass for models with a pace
     * @param clock for the times in JSON logs
     */
    public ModelledFunctions(FunctionRunner others, Sleeper sleeper, InstantSource clock) {
        this.others = others;
        this.sleeper = sleeper;
        this.clock = clock;
    }

    /** Has a function computed from now on, whether it exists yet or not; starts from the model's seed, everything cold. */
    public void put(String function, FunctionModel model) {
        models.put(
                function,
                new Modelled(model, new ModelHost(model, new SplittableRandom(model.seed()), sleeper, clock)));
    }

    /** Has a function run for real from now on. */
    public boolean remove(String function) {
        return models.remove(function) != null;
    }

    /** The models by function. */
    public Map<String, FunctionModel> all() {
        Map<String, FunctionModel> all = new TreeMap<>();
        models.forEach((name, modelled) -> all.put(name, modelled.model()));
        return all;
    }

    @Override
    public InvocationResult invoke(RunnableVersion version, Invocation invocation) throws InterruptedException {
        Optional<ModelHost> host =
                Optional.ofNullable(models.get(version.functionName())).map(Modelled::host);
        return host.isPresent() ? host.get().invoke(version, invocation) : others.invoke(version, invocation);
    }

    /** A modelled function has no environments to keep ready. */
    @Override
    public void provision(RunnableVersion version, int environments) {
        if (!models.containsKey(version.functionName())) {
            others.provision(version, environments);
        }
    }

    @Override
    public void retire(String versionArn) {
        models.values().forEach(modelled -> modelled.host().retire(versionArn));
        others.retire(versionArn);
    }

    @Override
    public Isolation isolation() {
        return others.isolation();
    }

    @Override
    public void close() {
        others.close();
    }
}
