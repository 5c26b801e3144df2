// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.process;

import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One execution environment: a process tree, its Runtime API, its output, its limits. Used by one thread at a time. */
final class Environment implements AutoCloseable {
    private static final long MARK_LIMIT_MS = 250;
    private static final long QUIET_LIMIT_MS = 50;
    private static final long END_LIMIT_MS = 300;

    private final RunnableVersion version;
    private final String name;
    private final Parts parts;
    private final ProcessTree tree;
    private final CompletableFuture<Void> exit;
    private boolean ready;
    private boolean throttled;
    private long peakKB;
    private volatile long idleSinceNanos;
    private volatile String initLog = "";

    /**
     * What an environment is made of.
     *
     * @param events what the Runtime API and the process's end put in
     * @param teardown ends all of it
     * @param startedNanos when the process was started, {@link System#nanoTime}
     * @param logStream the log stream's name
     */
    record Parts(
            Launch.Command command,
            RuntimeEndpoint endpoint,
            BlockingQueue<RuntimeEvent> events,
            IdleFreeze freeze,
            Confinement confinement,
            Process process,
            OutputCapture output,
            Teardown teardown,
            long startedNanos,
            String logStream) {}

    /** An environment whose process runs already: see {@link EnvironmentStart}. */
    Environment(RunnableVersion version, String name, Parts parts) {
        this.version = version;
        this.name = name;
        this.parts = parts;
        this.tree = new ProcessTree(parts.process().pid(), Marker.of(name));
        this.exit = parts.process().onExit().thenAccept(ended -> parts.events()
                .add(new RuntimeEvent.Exited(ended.exitValue(), System.nanoTime())));
    }

    String name() {
        return name;
    }

    RunnableVersion version() {
        return version;
    }

    /** The name of the log stream that its invocations write to. */
    String logStream() {
        return parts.logStream();
    }

    /** Keeps what init logged before there was an invocation to log it. */
    void initLog(String lines) {
        initLog = lines;
    }

    /** What init logged before there was an invocation; empty the second time. */
    String takeInitLog() {
        String lines = initLog;
        initLog = "";
        return lines;
    }

    /** When the process was started. */
    long startedNanos() {
        return parts.startedNanos();
    }

    /**
     * Waits for the runtime to ask for an invocation.
     *
     * @return the event that came instead, or null if none came in time; {@link RuntimeEvent.Ready} if it is ready
     */
    @Nullable
    RuntimeEvent awaitReady(long deadlineNanos) throws InterruptedException {
        if (ready) {
            return new RuntimeEvent.Ready(System.nanoTime());
        }
        RuntimeEvent event = next(deadlineNanos);
        ready = event instanceof RuntimeEvent.Ready;
        return event;
    }

    /** Hands the invocation out and waits for how it ends; null if it does not in time. */
    @Nullable
    RuntimeEvent run(Invocation invocation, Instant deadline, long deadlineNanos) throws InterruptedException {
        ready = false;
        parts.endpoint().deliver(invocation, deadline);
        RuntimeEvent event = next(deadlineNanos);
        while (event instanceof RuntimeEvent.Ready) {
            // a runtime that asks again without an answer gets nothing until the time is over
            event = next(deadlineNanos);
        }
        return event;
    }

    private @Nullable RuntimeEvent next(long deadlineNanos) throws InterruptedException {
        return parts.events().poll(Math.max(0, deadlineNanos - System.nanoTime()), TimeUnit.NANOSECONDS);
    }

    /** Enforces the CPU share from now on; until then init runs with all the CPU there is, as on Lambda. */
    void throttle() {
        if (!throttled) {
            throttled = true;
            parts.confinement().throttle();
        }
    }

    /** An invocation is about to use the environment. */
    void use() {
        parts.freeze().use();
    }

    /** The invocation is over: where the machine has the means, the processes are frozen as on Lambda. */
    void release() {
        parts.freeze().release();
    }

    boolean outOfMemory() {
        return parts.confinement().outOfMemory();
    }

    /** What init printed, after a bounded wait for what is still on its way; for an environment that is ready. */
    String initOutput() throws InterruptedException {
        if (parts.command().marksOutput()) {
            parts.output().awaitMark(OutputCapture.INIT, MARK_LIMIT_MS);
        } else {
            parts.output().awaitQuiet(QUIET_LIMIT_MS);
        }
        return parts.output().take();
    }

    /** The output that has come since the last call, without waiting. */
    String outputSoFar() {
        return parts.output().take();
    }

    /** The output since the last call, after a bounded wait for what is still on its way; the event is what ended it. */
    String output(String requestId, @Nullable RuntimeEvent event) throws InterruptedException {
        boolean answered = event instanceof RuntimeEvent.Responded || event instanceof RuntimeEvent.Failed;
        if (event instanceof RuntimeEvent.Exited) {
            parts.output().awaitEnd(END_LIMIT_MS);
        } else if (answered && parts.command().marksOutput()) {
            parts.output().awaitMark(requestId, MARK_LIMIT_MS);
        } else {
            parts.output().awaitQuiet(QUIET_LIMIT_MS);
        }
        return parts.output().take();
    }

    /**
     * Peak resident memory in MB, the highest so far and at most the memory size: of the living processes together, each
     * one's peak (VmHWM); of processes that have ended, what the memory limit's means saw.
     */
    int maxMemoryUsedMB() {
        peakKB = Math.max(peakKB, tree.residentKB("VmHWM"));
        if (exit.isDone()) {
            peakKB = Math.max(peakKB, parts.confinement().peakKB());
        }
        return Math.toIntExact(Math.clamp((peakKB + 1023) / 1024, 1, version.memoryMB()));
    }

    /** Whether the process could serve another invocation. */
    boolean usable() {
        return parts.process().isAlive() && !exit.isDone();
    }

    void idleSince(long nanos) {
        idleSinceNanos = nanos;
    }

    long idleSince() {
        return idleSinceNanos;
    }

    /** Kills every process and deletes the folder. May be called by any thread, many times. */
    @Override
    public void close() {
        parts.teardown().close();
    }
}
