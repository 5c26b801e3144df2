// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left when a start does not go through to the end. */
class EnvironmentStartTest {
    private final AtomicLong attached = new AtomicLong();
    private boolean refusing;

    @TempDir
    Path folder;

    private Warden warden;
    private EnvironmentStart.Host host;

    /** No limits; remembers the process, and refuses to take it if told. */
    private final class Refusing implements Confiner {
        @Override
        public Confinement confine(String name, CpuShare share) {
            return new MemoryWatch(name, share.memoryMB()) {
                @Override
                public void attach(long pid) {
                    super.attach(pid);
                    attached.set(pid);
                    if (refusing) {
                        throw new IllegalStateException("refused");
                    }
                }
            };
        }

        @Override
        public Isolation isolation() {
            return new Isolation("none", "none", 1, false);
        }
    }

    @BeforeEach
    void open() throws IOException {
        ProcessSettings settings = ProcessSettings.defaults();
        warden = new Warden(folder);
        Launch launch = new Launch(new Runtimes(settings.javaHome()), folder);
        host = new EnvironmentStart.Host(settings, folder, launch, new Refusing(), warden);
    }

    @AfterEach
    void close() {
        warden.close();
    }

    private EnvironmentStart start(String script) throws IOException {
        Path code = Files.createDirectories(folder.resolve("code"));
        Path bootstrap = Files.writeString(code.resolve("bootstrap"), script);
        assertThat(bootstrap.toFile().setExecutable(true)).isTrue();
        return new EnvironmentStart(host, FunctionFixture.version("provided.al2023", "a.b", code), "started");
    }

    @Test
    void killsProcessThatCouldNotBeConfined() throws IOException {
        refusing = true;
        EnvironmentStart start = start("#!/bin/sh\nsleep 1000 & sleep 1000\n");
        assertThatThrownBy(start::run).hasMessage("refused");
        assertThat(attached).hasPositiveValue();
        assertThat(ProcessTree.isAlive(attached.get())).isFalse();
        assertThat(folder.resolve("started")).doesNotExist();
    }

    @Test
    void leavesNothingWhereNoProcessCanBeStarted() {
        RunnableVersion version = FunctionFixture.version("provided.al2023", "a.b", folder.resolve("nowhere"));
        assertThatThrownBy(() -> new EnvironmentStart(host, version, "started").run())
                .isInstanceOf(IOException.class);
        assertThat(attached).hasValue(0);
        assertThat(folder.resolve("started")).doesNotExist();
    }

    @Test
    void endsEnvironmentThatWasStartedWhileThePoolWasClosed() throws Exception {
        EnvironmentPool pool = new EnvironmentPool(2, TimeUnit.MINUTES.toNanos(1));
        pool.reserve();
        CompletableFuture<Void> closing = CompletableFuture.runAsync(pool::close);
        Environment environment = start("#!/bin/sh\nsleep 1000\n").run();
        assertThat(ProcessTree.isAlive(attached.get())).isTrue();
        Optional<Throwable> refusal = refusal(pool, environment);
        closing.get(60, TimeUnit.SECONDS);
        refusal.ifPresent(failure -> assertThat(failure).isInstanceOf(NotRun.class));
        assertThat(ProcessTree.isAlive(attached.get())).isFalse();
        assertThat(pool.size()).isZero();
        assertThatThrownBy(pool::reserve).hasMessageContaining("The runner is closed");
    }

    // The pool may be closed before or after it takes the environment; either way nothing may be left.
    private static Optional<Throwable> refusal(EnvironmentPool pool, Environment environment) {
        try {
            pool.started(environment);
            return Optional.empty();
        } catch (NotRun e) {
            return Optional.of(e);
        }
    }
}
