// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** One invocation from its admission to its result: init if needed, the handler, the log, what becomes of the environment. */
final class InvocationRun {
    private final Environment.Host host;
    private final EnvironmentPool pool;
    private final Admission.Permit permit;
    private final RunnableVersion version;
    private final Invocation invocation;
    private final StringBuilder log = new StringBuilder();

    InvocationRun(
            Environment.Host host,
            EnvironmentPool pool,
            Admission.Permit permit,
            RunnableVersion version,
            Invocation invocation) {
        this.host = host;
        this.pool = pool;
        this.permit = permit;
        this.version = version;
        this.invocation = invocation;
    }

    /** Runs in an environment that has served before; in a new one if it ended meanwhile. */
    InvocationResult warm(Environment environment) throws InterruptedException {
        Fate fate = new Fate(environment);
        try (fate) {
            RuntimeEvent event = environment.awaitReady(deadlineNanos(System.nanoTime()));
            if (event instanceof RuntimeEvent.Ready) {
                return handle(fate, OptionalDouble.empty());
            }
        }
        try {
            return cold(environment.name() + "-next");
        } catch (IOException e) {
            throw new UncheckedIOException("No process could be started for " + version.versionArn(), e);
        }
    }

    /** Runs in a new environment. */
    InvocationResult cold(String name) throws IOException, InterruptedException {
        try (Fate fate = new Fate(start(name))) {
            Environment environment = fate.environment;
            long limit =
                    environment.startedNanos() + host.settings().initLimit().toNanos();
            RuntimeEvent event = environment.awaitReady(limit);
            if (event instanceof RuntimeEvent.Ready) {
                double initMs = ProcessFunctionRunner.ms(event.nanos() - environment.startedNanos());
                return handle(fate, OptionalDouble.of(initMs));
            }
            log.append(environment.output(invocation.requestId(), false));
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
            environment.active(true);
            long started = environment.startedNanos();
            RuntimeEvent event = environment.awaitReady(deadlineNanos(started));
            if (event instanceof RuntimeEvent.Ready) {
                return handle(fate, started, OptionalDouble.empty());
            }
            log.append(environment.output(invocation.requestId(), false));
            if (event != null) {
                log.append(initReport(environment, event, "invoke"));
            }
            Ending ending = ending(environment, event, started);
            log.append(startLine());
            return result(environment, ending, OptionalDouble.empty());
        }
    }

    private String initReport(Environment environment, @Nullable RuntimeEvent event, String phase) {
        long end = event == null ? System.nanoTime() : event.nanos();
        Ending ending = ending(environment, event, environment.startedNanos());
        return Report.failedInit(
                ProcessFunctionRunner.ms(end - environment.startedNanos()),
                phase,
                ending.failure().orElse(Report.Failure.TIMEOUT));
    }

    private Environment start(String name) throws IOException, InterruptedException {
        pool.reserve();
        Environment environment;
        try {
            environment = new Environment(version, name, host);
        } catch (IOException | RuntimeException e) {
            pool.notStarted();
            throw e;
        }
        pool.started(environment);
        return environment;
    }

    private InvocationResult handle(Fate fate, OptionalDouble initMs) throws InterruptedException {
        permit.shrinkTo(version.memoryMB());
        fate.environment.throttle();
        return handle(fate, System.nanoTime(), initMs);
    }

    private InvocationResult handle(Fate fate, long startedNanos, OptionalDouble initMs) throws InterruptedException {
        Environment environment = fate.environment;
        String early = environment.output("", false);
        log.append(early).append(startLine());
        long now = System.nanoTime();
        long started = initMs.isPresent() ? now : startedNanos;
        Instant deadline =
                host.settings().clock().instant().plus(version.timeout()).minusNanos(now - started);
        environment.active(true);
        RuntimeEvent event = environment.run(invocation, deadline, deadlineNanos(started));
        environment.active(false);
        Ending ending = ending(environment, event, started);
        fate.reusable = event instanceof RuntimeEvent.Responded || event instanceof RuntimeEvent.Failed;
        log.append(environment.output(invocation.requestId(), fate.reusable));
        return result(environment, ending, initMs);
    }

    private long deadlineNanos(long startedNanos) {
        return startedNanos + version.timeout().toNanos();
    }

    /** How the handler ended: what the caller gets, what the REPORT line and the line after it say. */
    private record Ending(
            byte[] payload, Optional<Report.Failure> failure, long endNanos, long startNanos, String epilogue) {
        double durationMs() {
            return ProcessFunctionRunner.ms(endNanos - startNanos);
        }
    }

    private Ending ending(Environment environment, @Nullable RuntimeEvent event, long started) {
        return switch (event) {
            case null -> timedOut(started);
            case RuntimeEvent.Responded end -> new Ending(end.payload(), Optional.empty(), end.nanos(), started, "");
            case RuntimeEvent.Failed end -> failed(end.payload(), end.errorType(), end.nanos(), started);
            case RuntimeEvent.InitFailed end -> failed(end.payload(), end.errorType(), end.nanos(), started);
            case RuntimeEvent.Exited end -> exited(environment, end, started);
            case RuntimeEvent.Ready end ->
                throw new IllegalStateException("An environment that is ready has not ended, at " + end.nanos());
        };
    }

    private static Ending failed(byte[] payload, String errorType, long nanos, long started) {
        return new Ending(payload, Optional.of(Report.Failure.error(errorType)), nanos, started, "");
    }

    private Ending timedOut(long started) {
        Duration timeout = version.timeout();
        String line = host.settings().clock().instant() + " " + invocation.requestId() + " "
                + ErrorDocument.timedOutText(timeout) + "\n\n";
        return new Ending(
                ErrorDocument.timedOut(invocation.requestId(), timeout),
                Optional.of(Report.Failure.TIMEOUT),
                started + timeout.toNanos(),
                started,
                line);
    }

    private Ending exited(Environment environment, RuntimeEvent.Exited end, long started) {
        boolean outOfMemory = environment.outOfMemory();
        String type = outOfMemory ? "Runtime.OutOfMemory" : "Runtime.ExitError";
        String reason = outOfMemory ? ExitStatus.KILLED : ExitStatus.text(end.status());
        String message = "RequestId: " + invocation.requestId() + " Error: " + reason;
        return new Ending(
                ErrorDocument.of(type, message),
                Optional.of(Report.Failure.error(type)),
                end.nanos(),
                started,
                message + "\n" + type + "\n");
    }

    private InvocationResult result(Environment environment, Ending ending, OptionalDouble initMs) {
        boolean outOfMemory = ending.failure().stream()
                .anyMatch(failure -> failure.errorType().equals(Optional.of("Runtime.OutOfMemory")));
        Report report = new Report(
                invocation.requestId(),
                ending.durationMs(),
                initMs,
                version.memoryMB(),
                outOfMemory ? version.memoryMB() : environment.maxMemoryUsedMB(),
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
