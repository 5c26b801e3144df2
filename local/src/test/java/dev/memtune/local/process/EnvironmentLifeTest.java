// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.process;

import static dev.memtune.local.process.FunctionFixture.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.memtune.local.LambdaRule;
import dev.memtune.local.process.FunctionFixture.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** With a runtime of a few lines of shell, so that nothing but the host is tested, and by no CPU means. */
class EnvironmentLifeTest extends RunnerFixture {
    private static final String RUNTIME = """
            #!/usr/bin/env python3
            import http.client, os, time, signal
            INIT
            api = http.client.HTTPConnection(os.environ['AWS_LAMBDA_RUNTIME_API'])
            while True:
                api.request('GET', '/2018-06-01/runtime/invocation/next')
                answer = api.getresponse()
                body = answer.read()
                request_id = answer.headers['Lambda-Runtime-Aws-Request-Id']
                if body == b'"hang"':
                    open('../hanging-%d' % os.getpid(), 'w').close()
                    time.sleep(1000)
                if body == b'"wait"': time.sleep(0.3)
                print('pid', os.getpid(), flush=True)
                api.request('POST', '/2018-06-01/runtime/invocation/' + request_id + '/response', str(os.getpid()))
                api.getresponse().read()
            """;

    @Override
    Runtimes.Family family() {
        return Runtimes.Family.PYTHON;
    }

    @Override
    ProcessSettings settings() {
        return new ProcessSettings(
                Path.of(System.getProperty("java.home")),
                folder,
                Optional.of(CpuMeans.NONE),
                2,
                Duration.ofSeconds(3),
                Duration.ofMinutes(1),
                3,
                1 << 20,
                InstantSource.system());
    }

    private static void await(Path file) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!Files.exists(file) && System.nanoTime() < end) {
            LockSupport.parkNanos(1_000_000);
        }
        assertThat(file).exists();
    }

    private RunnableVersion runtime(String init) {
        return with(functions().provided(RUNTIME.replace("INIT", init)), 128, Duration.ofSeconds(60));
    }

    @Test
    void runsOwnBootstrapOfPackageAndAttributesItsOutput() throws InterruptedException {
        RunnableVersion version = runtime("");
        Outcome cold = functions().invoke(version, "{}");
        assertThat(cold.log()).contains("\npid " + cold.payload() + "\nEND");
        assertThat(functions().invoke(version, "{}").payload()).isEqualTo(cold.payload());
    }

    @Test
    @LambdaRule("RUN-12")
    void runsConcurrentInvocationsInEnvironmentsOfTheirOwn() throws InterruptedException, ExecutionException {
        RunnableVersion version = runtime("");
        List<Future<Outcome>> running = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 2; i++) {
                running.add(threads.submit(() -> functions().invoke(version, "\"wait\"")));
            }
        }
        assertThat(running.get(0).get().payload())
                .isNotEqualTo(running.get(1).get().payload());
    }

    @Test
    void retireKillsIdleProcesses() throws InterruptedException {
        RunnableVersion version = runtime("");
        long pid = Long.parseLong(functions().invoke(version, "{}").payload());
        assertThat(ProcessTree.isAlive(pid)).isTrue();
        runner().retire(version.versionArn());
        assertThat(ProcessTree.isAlive(pid)).isFalse();
    }

    @Test
    void evictsEnvironmentThatWasIdleLongestAtTheBound() throws InterruptedException {
        List<Long> pids = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            pids.add(Long.parseLong(functions().invoke(runtime(""), "{}").payload()));
        }
        assertThat(ProcessTree.isAlive(pids.getFirst())).isFalse();
        assertThat(ProcessTree.isAlive(pids.getLast())).isTrue();
        assertThat(runner().environments()).isLessThanOrEqualTo(3);
    }

    @Test
    @LambdaRule("RUN-11")
    void runsInitAgainInsideInvocationAfterItsLimit() throws InterruptedException {
        RunnableVersion version = with(runtime("time.sleep(3.3)"), 128, Duration.ofSeconds(60));
        Outcome outcome = functions().invoke(version, "{}");
        assertThat(outcome.functionError()).isEmpty();
        assertThat(outcome.log())
                .containsPattern("INIT_REPORT Init Duration: \\d\\d\\d\\d\\.\\d\\d ms\tPhase: init\tStatus: timeout");
        assertThat(outcome.cold()).isFalse();
        assertThat(outcome.durationMs()).isGreaterThan(3300);
    }

    @Test
    void timesOutInitThatNeverEnds() throws InterruptedException {
        RunnableVersion version = with(runtime("time.sleep(1000)"), 128, Duration.ofMillis(400));
        Outcome outcome = functions().invoke(version, "{}");
        assertThat(outcome.payload()).contains("Sandbox.Timedout");
        assertThat(outcome.report()).contains("\tDuration: 400.00 ms\t").endsWith("Status: timeout");
    }

    @Test
    void reportsBootstrapThatIsNoProgram() throws InterruptedException {
        RunnableVersion version = functions().provided("#!/bin/sh\nexit 5\n");
        Outcome outcome = functions().invoke(version, "{}");
        assertThat(outcome.payload()).contains("Runtime.ExitError", "exit status 5");
    }

    @Test
    void destroysEnvironmentOfInterruptedInvocation() throws InterruptedException {
        RunnableVersion version = runtime("");
        long pid = Long.parseLong(functions().invoke(version, "{}").payload());
        CountDownLatch interrupted = new CountDownLatch(1);
        Thread caller = Thread.ofPlatform().start(() -> {
            try {
                functions().invoke(version, "\"hang\"");
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
        });
        await(folder.resolve("hanging-" + pid));
        caller.interrupt();
        assertThat(interrupted.await(60, TimeUnit.SECONDS)).isTrue();
        caller.join(Duration.ofSeconds(60));
        assertThat(ProcessTree.isAlive(pid)).isFalse();
        assertThat(functions().invoke(version, "{}").cold()).isTrue();
    }

    @Test
    void refusesUnknownRuntime() {
        RunnableVersion version = FunctionFixture.version("cobol85", "a.b", folder);
        assertThatThrownBy(() -> functions().invoke(version, "{}"))
                .isInstanceOf(NotRun.class)
                .hasMessageContaining("runtime must be java*, python*, nodejs* or provided*, got: cobol85");
        assertThat(runner().isolation().cpuEnforced()).isFalse();
    }

    @Test
    void closeKillsEverythingAndDeletesItsFolder() throws IOException, InterruptedException {
        long pid;
        try (ProcessFunctionRunner other = new ProcessFunctionRunner(settings())) {
            pid = Long.parseLong(
                    new FunctionFixture(other, folder).invoke(runtime(""), "{}").payload());
            assertThat(ProcessTree.isAlive(pid)).isTrue();
        }
        assertThat(ProcessTree.isAlive(pid)).isFalse();
    }
}
