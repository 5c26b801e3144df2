// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** One execution environment: a process tree, its Runtime API, its output, its limits. Used by one thread at a time. */
final class Environment implements AutoCloseable {
    private static final String MARKER = "MEMTUNE_ENVIRONMENT";
    private static final long END_LIMIT_MS = 2_000;

    private final RunnableVersion version;
    private final Host host;
    private final String name;
    private final Path folder;
    private final Confinement confinement;
    private final OutputCapture output;
    private final BlockingQueue<RuntimeEvent> events = new LinkedBlockingQueue<>();
    private final RuntimeEndpoint endpoint;
    private final Process process;
    private final CompletableFuture<Void> exit;
    private final ProcessTree tree;
    private final boolean marksOutput;
    private final long startedNanos;
    private final AtomicBoolean closed = new AtomicBoolean();
    private boolean ready;
    private long peakKB;
    private volatile long idleSinceNanos;

    /** What environments share: where they come from. */
    record Host(ProcessSettings settings, Path folder, Launch launch, Confiner confiner, Warden warden) {}

    /**
     * Starts the process; init runs from here.
     *
     * @throws IOException if the process cannot be started; nothing is left of it then
     */
    Environment(RunnableVersion version, String name, Host host) throws IOException {
        this.version = version;
        this.host = host;
        this.name = name;
        this.folder = host.folder().resolve(name);
        Path temporary = Files.createDirectories(folder.resolve("tmp"));
        this.output = new OutputCapture(host.settings().outputLimitBytes());
        this.endpoint = new RuntimeEndpoint(events);
        this.confinement = host.confiner().confine(name, new CpuShare(version.memoryMB()));
        try {
            Launch.Command command = host.launch().command(version);
            this.marksOutput = command.marksOutput();
            this.startedNanos = System.nanoTime();
            this.process = start(command, temporary);
        } catch (IOException | RuntimeException e) {
            confinement.close();
            endpoint.close();
            Folders.delete(folder);
            throw e;
        }
        this.tree = new ProcessTree(process.pid(), marker(name));
        this.exit = process.onExit()
                .thenAccept(ended -> events.add(new RuntimeEvent.Exited(ended.exitValue(), System.nanoTime())));
    }

    private Process start(Launch.Command command, Path temporary) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(host.warden().inOwnGroup(command.words()));
        builder.directory(version.codeDirectory().toFile()).redirectErrorStream(true);
        FunctionVariables variables =
                new FunctionVariables(version, name, host.settings().clock().instant());
        variables.fill(builder.environment(), endpoint.address(), temporary);
        builder.environment().put(MARKER, ProcessHandle.current().pid() + "-" + name);
        Process started = builder.start();
        host.warden().watch(started.pid());
        confinement.attach(started.pid());
        output.start(started.getInputStream(), name);
        return started;
    }

    /** The environment variable, {@code NAME=value}, that all processes of this environment have. */
    static String marker(String name) {
        return MARKER + "=" + ProcessHandle.current().pid() + "-" + name;
    }

    String name() {
        return name;
    }

    RunnableVersion version() {
        return version;
    }

    /** When the process was started. */
    long startedNanos() {
        return startedNanos;
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
        endpoint.deliver(invocation, deadline);
        RuntimeEvent event = next(deadlineNanos);
        while (event instanceof RuntimeEvent.Ready) {
            event = next(
                    deadlineNanos); // a runtime that asks again without an answer gets nothing until the time is over
        }
        return event;
    }

    private @Nullable RuntimeEvent next(long deadlineNanos) throws InterruptedException {
        return events.poll(Math.max(0, deadlineNanos - System.nanoTime()), TimeUnit.NANOSECONDS);
    }

    /** Enforces the CPU share from now on; until then init runs with all the CPU there is, as on Lambda. */
    void throttle() {
        confinement.throttle();
    }

    /** Tells the means of the CPU share whether an invocation runs. */
    void active(boolean running) {
        confinement.active(running);
    }

    boolean outOfMemory() {
        return confinement.outOfMemory();
    }

    /** The output since the last call, after a bounded wait for what is still on its way. */
    String output(String requestId, boolean answered) throws InterruptedException {
        if (marksOutput && answered) {
            output.awaitMark(requestId, 250);
        } else {
            output.awaitQuiet(50);
        }
        return output.take();
    }

    /** Peak resident memory (VmHWM) of the living processes together, the highest so far, at most the memory size, in MB. */
    int maxMemoryUsedMB() {
        peakKB = Math.max(peakKB, tree.residentKB("VmHWM"));
        return Math.toIntExact(Math.clamp((peakKB + 1023) / 1024, 1, version.memoryMB()));
    }

    /** Whether the process could serve another invocation. */
    boolean usable() {
        return process.isAlive() && !exit.isDone();
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
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        process.destroyForcibly();
        host.warden().forget(process.pid());
        confinement.close();
        tree.kill();
        endpoint.close();
        try {
            process.waitFor(END_LIMIT_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Folders.delete(folder);
    }
}
