// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.process;

import dev.memtune.local.process.Endings.Ending;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
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
    private final StringBuilder log = new StringBuilder();

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
    }

    /** Runs in an environment that has served before; in a new one if it ended meanwhile. */
    InvocationResult warm(Environment environment) throws IOException, InterruptedException {
        try (Fate fate = new Fate(environment)) {
            environment.use();
            RuntimeEvent event = environment.awaitReady(deadlineNanos(System.nanoTime()));
            if (event instanceof RuntimeEvent.Ready) {
                log.append(environment.outputSoFar());
                return handle(fate, System.nanoTime(), OptionalDouble.empty());
            }
        }
        return cold(environment.name() + "-next");
    }

    /** Runs in a new environment. */
    InvocationResult cold(String name) throws IOException, InterruptedException {
        try (Fate fate = new Fate(start(name))) {
            Environment environment = fate.environment;
            long limit =
                    environment.startedNanos() + host.settings().initLimit().toNanos();
            RuntimeEvent event = environment.awaitReady(limit);
            if (event instanceof RuntimeEvent.Ready) {
                double initMs = Endings.ms(event.nanos() - environment.startedNanos());
                log.append(environment.initOutput());
                permit.shrinkTo(version.memoryMB());
                environment.throttle();
                return handle(fate, System.nanoTime(), OptionalDouble.of(initMs));
            }
            log.append(environment.output(invocation.requestId(), event));
            log.append(initReport(environment, event, "init"));
        }
        return suppressedInit(name + "-again");
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
                log.append(environment.initOutput());
                return handle(fate, started, OptionalDouble.empty());
            }
            log.append(environment.output(invocation.requestId(), event));
            if (event != null) {
                log.append(initReport(environment, event, "invoke"));
            }
            log.append(startLine());
            return result(environment, endings.of(environment, event, started), OptionalDouble.empty());
        }
    }

    private String initReport(Environment environment, @Nullable RuntimeEvent event, String phase) {
        long end = event == null ? System.nanoTime() : event.nanos();
        Ending ending = endings.of(environment, event, environment.startedNanos());
        return Report.failedInit(
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

    private InvocationResult handle(Fate fate, long startedNanos, OptionalDouble initMs) throws InterruptedException {
        Environment environment = fate.environment;
        log.append(startLine());
        environment.use();
        Instant deadline =
                host.settings().clock().instant().plus(version.timeout()).minusNanos(System.nanoTime() - startedNanos);
        RuntimeEvent event = environment.run(invocation, deadline, deadlineNanos(startedNanos));
        Ending ending = endings.of(environment, event, startedNanos);
        fate.reusable = event instanceof RuntimeEvent.Responded || event instanceof RuntimeEvent.Failed;
        log.append(environment.output(invocation.requestId(), event));
        environment.release();
        return result(environment, ending, initMs);
    }

    private long deadlineNanos(long startedNanos) {
        return startedNanos + version.timeout().toNanos();
    }

    private InvocationResult result(Environment environment, Ending ending, OptionalDouble initMs) {
        Report report = new Report(
                invocation.requestId(),
                ending.durationMs(),
                initMs,
                version.memoryMB(),
                ending.outOfMemory() ? version.memoryMB() : environment.maxMemoryUsedMB(),
                ending.failure());
        log.append("END RequestId: ").append(invocation.requestId()).append('\n');
        log.append(report.text()).append(ending.epilogue());
        return new InvocationResult(
                ending.payload(),
                ending.failure().map(failure -> "Unhandled"),
                log.toString().getBytes(StandardCharsets.UTF_8));
    }

    private String startLine() {
        return "START RequestId: " + invocation.requestId() + " Version: " + version.version() + "\n";
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
