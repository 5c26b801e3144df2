// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.service;

import dev.memtune.local.function.Windows;
import dev.memtune.local.process.FunctionRunner;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A running service with a scripted runner, a clock that stands still and no windows. */
abstract class ServiceFixture {
    /** The clock stands still: an event that is throttled for ever waits some real time between two tries. */
    private static final RetryDelays RETRIES =
            new RetryDelays(Duration.ZERO, Duration.ZERO, Duration.ofMillis(20), Duration.ofMillis(20));

    @TempDir
    Path directory;

    final ManualClock clock = new ManualClock();
    final ScriptedRunner runner = new ScriptedRunner();
    final List<String> log = new CopyOnWriteArrayList<>();
    final byte[] zip = Zips.of("h.py", "def h(event, context): return event");
    EmbeddedLambda lambda;
    Rest rest;
    private final List<AutoCloseable> open = new ArrayList<>();

    @BeforeEach
    void start() throws IOException {
        lambda = EmbeddedLambda.start(settings(), serving());
        rest = new Rest(lambda.endpoint());
        open.add(rest);
        open.add(lambda);
    }

    ServiceSettings settings() {
        return ServiceSettings.defaults(directory, clock, new SplittableRandom(1))
                .withWindows(Windows.NONE)
                .withRetryDelays(RETRIES)
                .withLog(log::add);
    }

    /** What executes the functions. */
    FunctionRunner serving() {
        return runner;
    }

    /** Stops the service as it is and starts it again on the same folder. */
    void restart() throws Exception {
        stop();
        open.clear();
        start();
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable closeable : open) {
            closeable.close();
        }
    }
}
