// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.service;

import dev.memtune.local.process.FunctionRunner;
import dev.memtune.local.process.Invocation;
import dev.memtune.local.process.InvocationResult;
import dev.memtune.local.process.Isolation;
import dev.memtune.local.process.RunnableVersion;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;

/**
 * Functions that are not run but computed: they answer with their event at once, and their REPORT lines tell durations drawn
 * from a curve. The same seed and the same order of invocations give the same lines. The first invocation of a version is
 * a cold start.
 */
public final class ModelFunctionRunner implements FunctionRunner {
    private final ModelCurve curve;
    private final RandomGenerator random;
    private final ReentrantLock lock = new ReentrantLock();
    private final Set<String> warm = new HashSet<>();

    /**
     * Makes a runner.
     *
     * @param curve how long every function takes
     * @param random draws the noise; used by one thread at a time
     */
    public ModelFunctionRunner(ModelCurve curve, RandomGenerator random) {
        this.curve = curve;
        this.random = random;
    }

    /**
     * One invocation's times.
     *
     * @param cold whether it pays the init phase
     * @param ms its duration
     */
    private record Draw(boolean cold, double ms) {}

    @Override
    public InvocationResult invoke(RunnableVersion version, Invocation invocation) {
        Draw draw = draw(version);
        double limitMs = version.timeout().toMillis();
        if (version.memoryMB() < curve.usedMB()) {
            String message =
                    "RequestId: " + invocation.requestId() + " Error: Runtime exited with error: signal: killed";
            return failed(
                    version, invocation, draw, "Runtime.ExitError", message, "error\tError Type: Runtime.OutOfMemory");
        }
        if (draw.ms() > limitMs) {
            String message = "RequestId: " + invocation.requestId()
                    + String.format(Locale.ROOT, " Error: Task timed out after %.2f seconds", limitMs / 1000);
            return failed(version, invocation, new Draw(draw.cold(), limitMs), "Sandbox.Timedout", message, "timeout");
        }
        byte[] log = log(version, invocation, draw, "").getBytes(StandardCharsets.UTF_8);
        return new InvocationResult(invocation.payload(), Optional.empty(), log);
    }

    private Draw draw(RunnableVersion version) {
        lock.lock();
        try {
            double factor = Math.exp(random.nextGaussian() * curve.noise());
            return new Draw(warm.add(version.versionArn()), curve.durationMs(version.memoryMB()) * factor);
        } finally {
            lock.unlock();
        }
    }

    private InvocationResult failed(
            RunnableVersion version, Invocation invocation, Draw draw, String type, String message, String status) {
        retire(version.versionArn());
        String document = "{\"errorType\":\"" + type + "\",\"errorMessage\":\"" + message + "\"}";
        String log = log(version, invocation, draw, "\tStatus: " + status);
        return new InvocationResult(
                document.getBytes(StandardCharsets.UTF_8),
                Optional.of("Unhandled"),
                log.getBytes(StandardCharsets.UTF_8));
    }

    /** Lambda's platform lines; billed time includes init, rounded up to whole milliseconds. */
    private String log(RunnableVersion version, Invocation invocation, Draw draw, String status) {
        double initMs = draw.cold() ? curve.initMs() : 0;
        String id = invocation.requestId();
        String init = draw.cold() ? String.format(Locale.ROOT, "\tInit Duration: %.2f ms", initMs) : "";
        return "START RequestId: " + id + " Version: " + version.version() + "\nEND RequestId: " + id + "\n"
                + String.format(
                        Locale.ROOT,
                        "REPORT RequestId: %s\tDuration: %.2f ms\tBilled Duration: %d ms\tMemory Size: %d MB\tMax Memory Used: %d MB%s%s\t\n",
                        id,
                        draw.ms(),
                        (long) Math.ceil(draw.ms() + initMs),
                        version.memoryMB(),
                        Math.min(curve.usedMB(), version.memoryMB()),
                        init,
                        status);
    }

    @Override
    public void retire(String versionArn) {
        lock.lock();
        try {
            warm.remove(versionArn);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Isolation isolation() {
        return new Isolation("modelled, nothing is run", "modelled", Integer.MAX_VALUE, true);
    }

    @Override
    public void close() {
        lock.lock();
        try {
            warm.clear();
        } finally {
            lock.unlock();
        }
    }
}
