// SPDX-License-Identifier: Apache-2.0
package dev.memtune.tests.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.memtune.local.service.Call;
import dev.memtune.local.service.CallInterceptor;
import dev.memtune.local.service.Intervention;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Stops the command line with real signals, at moments that are seen in its calls, never by waiting some time. */
class InterruptTest {
    private static final String[] TUNE = {
        "tune", Account.FUNCTION, "--payload", "{}", "--values", "256,1024", "--num", "4", "--promote", "prod", "--yes"
    };
    private static final long MOMENT_SECONDS = 120;
    private static final int INTERRUPTED = 130;
    private static final int KILLED = 128 + 9;

    @TempDir
    private Path folder;

    private final CompletableFuture<ChildCli.Running> running = new CompletableFuture<>();
    private final AtomicInteger seen = new AtomicInteger();
    private volatile boolean begun;

    @BeforeEach
    void needKill() {
        Cli.assumeCommand("kill");
    }

    /** Sends a signal at the n-th call of an operation, before it has any effect. */
    private CallInterceptor at(String operation, int number, String signal) {
        return call -> {
            if (isLease(call)) {
                begun = true;
            }
            if (begun && isOfRun(call) && call.operation().equals(operation) && seen.incrementAndGet() == number) {
                send(signal);
            }
            return Intervention.PROCEED;
        };
    }

    /** The first thing that a run writes; what comes before is the pre-flight. */
    private static boolean isLease(Call call) {
        return call.operation().equals("CreateAlias")
                && new String(call.body(), StandardCharsets.UTF_8).contains("memtune-lease");
    }

    /** The test's own calls have another key, and the lease is moved by UpdateAlias, too. */
    private static boolean isOfRun(Call call) {
        boolean isLease = call.qualifier().equals(Optional.of("memtune-lease"));
        return call.accessKeyId().equals("somebody") && !isLease;
    }

    private void send(String signal) {
        try {
            running.get(MOMENT_SECONDS, TimeUnit.SECONDS).signal(signal);
        } catch (Exception e) {
            throw new IllegalStateException("cannot send SIG" + signal, e);
        }
    }

    private Result run(Account account) throws Exception {
        ChildCli.Running started = new ChildCli(folder, account.environment()).start(TUNE);
        running.complete(started);
        return started.await();
    }

    @ParameterizedTest
    @CsvSource({
        "GetFunctionConfiguration, 2",
        "CreateAlias, 1",
        "UpdateFunctionConfiguration, 1",
        "PublishVersion, 1",
        "PublishVersion, 2",
        "Invoke, 1",
        "Invoke, 7"
    })
    void leavesTheFunctionAsItWasOnCtrlC(String operation, int number) throws Exception {
        try (Account account = Account.withFunction(folder.resolve("account"), at(operation, number, "INT"))) {
            Snapshot before = account.snapshot();

            Result result = run(account);

            assertThat(seen.get()).as("calls of " + operation).isGreaterThanOrEqualTo(number);
            assertThat(result.exitCode()).as(result.err()).isEqualTo(INTERRUPTED);
            assertThat(result.err())
                    .contains("interrupted; cleaning up work", "work is as it was before")
                    .doesNotContain("\tat ");
            assertThat(result.out()).isEmpty();
            assertThat(account.snapshot()).isEqualTo(before);
        }
    }

    @Test
    void saysWhetherTheAliasWasMovedWhenItIsStoppedJustThen() throws Exception {
        try (Account account = Account.withFunction(folder.resolve("account"), at("UpdateAlias", 1, "INT"))) {
            Snapshot before = account.snapshot();

            Result result = run(account);

            assertThat(seen.get()).isPositive();
            assertThat(result.exitCode()).as(result.err()).isEqualTo(INTERRUPTED);
            Snapshot after = account.snapshot();
            assertThat(after.versions()).containsAll(before.versions());
            assertThat(after.aliases()).hasSize(1);
            if (after.equals(before)) {
                assertThat(result.err()).contains("work is as it was before");
            } else {
                assertThat(after.versions()).hasSize(3);
                assertThat(result.err()).contains("alias prod was moved").doesNotContain("as it was before");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"PublishVersion, 2", "Invoke, 3"})
    void isCleanedUpAfterAKill(String operation, int number) throws Exception {
        try (Account account = Account.withFunction(folder.resolve("account"), at(operation, number, "KILL"))) {
            Snapshot before = account.snapshot();

            assertThat(run(account).exitCode()).isEqualTo(KILLED);
            assertThat(account.snapshot()).isNotEqualTo(before);

            ChildCli cli = new ChildCli(folder, account.environment());
            Result cleaned = cli.launch("clean", Account.FUNCTION);

            assertThat(cleaned.exitCode()).as(cleaned.out() + cleaned.err()).isZero();
            assertThat(cleaned.out()).contains("is cleaned up");
            assertThat(account.snapshot()).isEqualTo(before);
        }
    }

    @Test
    void endsTheFunctionsProcessesOnCtrlCAndSweepsAfterAKill() throws Exception {
        Cli.assumeCommand("python3");
        Path marks = Files.createDirectory(folder.resolve("marks"));
        Path function = Code.python(folder.resolve("slow"), """
                import os, time

                def handler(event, context):
                    open(os.path.join(event["marks"], str(os.getpid())), "w").close()
                    time.sleep(30)
                """);
        String[] tune = {
            "tune",
            function.toString(),
            "--runtime",
            "python3.12",
            "--handler",
            "app.handler",
            "--values",
            "1024",
            "--num",
            "1",
            "--payload",
            "{\"marks\": \"" + marks + "\"}"
        };
        ChildCli cli = new ChildCli(folder, Map.of());

        ChildCli.Running killed = cli.start(tune);
        awaitFiles(marks, 1);
        killed.signal("KILL");
        assertThat(killed.await().exitCode()).isEqualTo(KILLED);

        ChildCli.Running stopped = cli.start(tune);
        awaitFiles(marks, 2);
        stopped.signal("INT");
        Result result = stopped.await();

        assertThat(result.exitCode()).as(result.err()).isEqualTo(INTERRUPTED);
        assertThat(result.err()).contains("cleaned up after run", "slow is as it was before");
        try (var pids = Files.list(marks)) {
            for (Path pid : pids.toList()) {
                awaitEnd(Long.parseLong(pid.getFileName().toString()));
            }
        }
        try (Account account = Account.over(folder.resolve("memtune/embedded/lambda"), CallInterceptor.NONE)) {
            assertThat(account.snapshot("slow").versions()).hasSize(1);
            assertThat(account.snapshot("slow").aliases()).isEmpty();
        }
    }

    private static void awaitFiles(Path directory, int count) throws IOException, InterruptedException {
        Instant deadline = Instant.now().plusSeconds(MOMENT_SECONDS);
        while (Instant.now().isBefore(deadline)) {
            try (var files = Files.list(directory)) {
                if (files.count() >= count) {
                    return;
                }
            }
            Thread.sleep(Duration.ofMillis(10));
        }
        fail("the function must be invoked within " + MOMENT_SECONDS + " s");
    }

    private static void awaitEnd(long pid) throws Exception {
        Optional<ProcessHandle> process = ProcessHandle.of(pid);
        if (process.isPresent()) {
            assertThat(process.get()
                            .onExit()
                            .get(MOMENT_SECONDS, TimeUnit.SECONDS)
                            .isAlive())
                    .isFalse();
        }
    }
}
