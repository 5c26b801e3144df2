// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.process;

import dev.memtune.local.process.Endings.Ending;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** One invocation from its admission to its result: init if needed, the handler, the log, what becomes of the environment. */
final class InvocationRun {
    private final EnvironmentStart.Host host;
    private final EnvironmentPool pool;
    private final Admission.Permit permit;
    private final RunnableVersion version;
    private final Invocation invocation;
    private final Endings endings;
    private final PlatformLog log;

    InvocationRun(
            EnvironmentStart.Host host,
            EnvironmentPool pool,
            Admission.Permit permit,
            RunnableVersion version,
            Invocation invocation) {
        this.host = host;
        this.pool = pool;
        this.permit = permit;
        this.version = version;
        this.invocation = invocation;
        this.endings =
                new Endings(version, invocation.requestId(), host.settings().clock());
        this.log = PlatformLog.of(version, host.settings().clock());
    }

    /**
     * How long what came before the handler took.
     *
     * @param initMs init, if it was this invocation that started the environment
     * @param restoreMs the restoring of a snapshot, likewise
     */
    private record Before(OptionalDouble initMs, OptionalDouble restoreMs) {
        static final Before NOTHING = new Before(OptionalDouble.empty(), OptionalDouble.empty());

        static Before init(double ms) {
            return new Before(OptionalDouble.of(ms), OptionalDouble.empty());
        }

        static Before restore(double ms) {
            return new Before(OptionalDouble.empty(), OptionalDouble.of(ms));
        }
    }

    /** Runs in an environment that has served before; in a new one if it ended meanwhile. */
    InvocationResult warm(Environment environment) throws IOException, InterruptedException {
        try (Fate fate = new Fate(environment)) {
            environment.use();
            RuntimeEvent event = environment.awaitReady(deadlineNanos(System.nanoTime()));
            if (event instanceof RuntimeEvent.Ready) {
                log.append(environment.takeInitLog());
                log.output(environment.outputSoFar());
                return handle(fate, System.nanoTime(), Before.NOTHING);
            }
        }
        return cold(environment.name() + "-next");
    }

    /** Runs in a new environment. */
    InvocationResult cold(String name) throws IOException, InterruptedException {
        try (Fate fate = new Fate(start(name))) {
            Environment environment = fate.environment;
            Optional<Before> before = initialized(environment);
            if (before.isPresent()) {
                permit.shrinkTo(version.memoryMB());
                environment.throttle();
                return handle(fate, System.nanoTime(), before.get());
            }
        }
        return suppressedInit(name + "-again");
    }

    /**
     * Starts an environment before any invocation: what it logs is the beginning of its first invocation's log.
     *
     * @return whether init succeeded; a failed environment is not kept
     */
    boolean prepare(String name) throws IOException, InterruptedException {
        try (Fate fate = new Fate(start(name))) {
            fate.reusable = initialized(fate.environment).isPresent();
            if (fate.reusable) {
                fate.environment.throttle();
                fate.environment.initLog(log.text());
                fate.environment.release();
            }
            return fate.reusable;
        }
    }

    /** Waits for init; empty if it failed. */
    private Optional<Before> initialized(Environment environment) throws InterruptedException {
        log.initStart();
        long limit = environment.startedNanos() + host.settings().initLimit().toNanos();
        RuntimeEvent event = environment.awaitReady(limit);
        if (!(event instanceof RuntimeEvent.Ready)) {
            log.output(environment.output(invocation.requestId(), event));
            initFailed(environment, event, "init");
            return Optional.empty();
        }
        double ms = Endings.ms(event.nanos() - environment.startedNanos());
        log.output(environment.initOutput());
        if (version.hosting().initialization() == Initialization.SNAP_START) {
            log.restored(ms);
            return Optional.of(Before.restore(ms));
        }
        log.initDone(ms);
        return Optional.of(Before.init(ms));
    }

    // A failed init is run again inside the invocation: with the invocation's CPU share and time-out, and no Init
    // Duration.
    // https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html
    private InvocationResult suppressedInit(String name) throws IOException, InterruptedException {
        permit.shrinkTo(version.memoryMB());
        try (Fate fate = new Fate(start(name))) {
            Environment environment = fate.environment;
            environment.throttle();
            environment.use();
            long started = environment.startedNanos();
            RuntimeEvent event = environment.awaitReady(deadlineNanos(started));
            if (event instanceof RuntimeEvent.Ready) {
                log.output(environment.initOutput());
                return handle(fate, started, Before.NOTHING);
            }
            log.output(environment.output(invocation.requestId(), event));
            if (event != null) {
                initFailed(environment, event, "invoke");
            }
            log.start(invocation.requestId());
            return result(environment, endings.of(environment, event, started), Before.NOTHING);
        }
    }

    private void initFailed(Environment environment, @Nullable RuntimeEvent event, String phase) {
        long end = event == null ? System.nanoTime() : event.nanos();
        Ending ending = endings.of(environment, event, environment.startedNanos());
        log.initFailed(
                Endings.ms(end - environment.startedNanos()),
                phase,
                ending.failure().orElse(Report.Failure.TIMEOUT));
    }

    private Environment start(String name) throws IOException, InterruptedException {
        pool.reserve();
        Environment environment;
        try {
            environment = new EnvironmentStart(host, version, name).run();
        } catch (IOException | RuntimeException e) {
            pool.notStarted();
            throw e;
        }
        pool.started(environment);
        return environment;
    }

    private InvocationResult handle(Fate fate, long startedNanos, Before before) throws InterruptedException {
        Environment environment = fate.environment;
        log.start(invocation.requestId());
        environment.use();
        Instant deadline =
                host.settings().clock().instant().plus(version.timeout()).minusNanos(System.nanoTime() - startedNanos);
        RuntimeEvent event = environment.run(invocation, deadline, deadlineNanos(startedNanos));
        Ending ending = endings.of(environment, event, startedNanos);
        fate.reusable = event instanceof RuntimeEvent.Responded || event instanceof RuntimeEvent.Failed;
        log.output(environment.output(invocation.requestId(), event));
        environment.release();
        return result(environment, ending, before);
    }

    private long deadlineNanos(long startedNanos) {
        return startedNanos + version.timeout().toNanos();
    }

    private InvocationResult result(Environment environment, Ending ending, Before before) {
        Report report = new Report(
                invocation.requestId(),
                ending.durationMs(),
                before.initMs(),
                version.memoryMB(),
                ending.outOfMemory() ? version.memoryMB() : environment.maxMemoryUsedMB(),
                before.restoreMs(),
                ending.failure());
        log.end(report, ending.epilogue());
        return new InvocationResult(
                ending.payload(),
                ending.failure().map(failure -> "Unhandled"),
                log.text().getBytes(StandardCharsets.UTF_8),
                environment.logStream());
    }

    /** What becomes of an environment: kept if it answered, destroyed otherwise, also when the thread is interrupted. */
    private final class Fate implements AutoCloseable {
        private final Environment environment;
        private boolean reusable;

        Fate(Environment environment) {
            this.environment = environment;
        }

        @Override
        public void close() {
            if (reusable) {
                pool.giveBack(environment);
            } else {
                pool.discard(environment);
            }
        }
    }
}
