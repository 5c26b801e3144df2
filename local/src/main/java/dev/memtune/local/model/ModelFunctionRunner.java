// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.model;

import dev.memtune.local.process.FunctionRunner;
import dev.memtune.local.process.Invocation;
import dev.memtune.local.process.InvocationResult;
import dev.memtune.local.process.Isolation;
import dev.memtune.local.process.RunnableVersion;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/**
 * Functions that are not run but computed, all from one curve: they answer with their event at once, and their REPORT lines
 * tell durations drawn from the curve. The same seed and the same order of invocations give the same lines.
 */
public final class ModelFunctionRunner implements FunctionRunner {
    /** How a result that was computed says so. */
    static final Isolation MODELLED = new Isolation("modelled, nothing is run", "modelled", Integer.MAX_VALUE, true);

    private final ModelHost host;

    /**
     * Makes a runner.
     *
     * @param curve how long every function takes
     * @param random draws the noise; used by one thread at a time
     */
    public ModelFunctionRunner(ModelCurve curve, RandomGenerator random) {
        this.host = new ModelHost(FunctionModel.of(curve, 0), random, duration -> {}, InstantSource.system());
    }

    @Override
    public InvocationResult invoke(RunnableVersion version, Invocation invocation) throws InterruptedException {
        return host.invoke(version, invocation);
    }

    @Override
    public void retire(String versionArn) {
        host.retire(versionArn);
    }

    @Override
    public Isolation isolation() {
        return MODELLED;
    }

    @Override
    public void close() {}
}
