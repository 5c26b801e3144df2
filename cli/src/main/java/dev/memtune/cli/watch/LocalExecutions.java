// SPDX-License-Identifier: Apache-2.0
package dev.memtune.cli.watch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memtune.cli.Terminal;
import dev.memtune.cli.tuning.Ports;
import dev.memtune.cli.tuning.Progress;
import dev.memtune.cli.tuning.Tuning;
import dev.memtune.core.port.ExecutionStarter;
import dev.memtune.core.registry.ExecutionName;
import dev.memtune.core.wire.Json;
import dev.memtune.local.store.StartedExecutions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Runs executions of the state machine in this process, each name once. */
final class LocalExecutions implements ExecutionStarter {
    private final Ports ports;
    private final StartedExecutions started;
    private final int most;
    private final Terminal terminal;
    private final boolean quiet;
    private final Runnable bell;
    private final Map<String, Tuning> running = new ConcurrentHashMap<>();

    /**
     * @param most at once
     * @param bell is rung when one has ended
     */
    LocalExecutions(Ports ports, StartedExecutions started, int most, Terminal terminal, boolean quiet, Runnable bell) {
        this.ports = ports;
        this.started = started;
        this.most = most;
        this.terminal = terminal;
        this.quiet = quiet;
        this.bell = bell;
    }

    /** Whether another one may be started. */
    boolean hasRoom() {
        return running.size() < most;
    }

    /** The names of those that have not ended. */
    Set<String> running() {
        return Set.copyOf(running.keySet());
    }

    @Override
    public boolean start(String name, String input) {
        if (!started.add(name)) {
            return false;
        }
        String function = ExecutionName.algorithm(name).orElse(name);
        Progress progress = new Progress(function, terminal, quiet, ports.clock());
        ObjectNode json = (ObjectNode) Json.tree(input.getBytes(StandardCharsets.UTF_8));
        Tuning tuning = Tuning.start(ports, name, json, progress);
        running.put(name, tuning);
        Thread.ofVirtual().name("await-" + name).start(() -> await(name, tuning));
        return true;
    }

    private void await(String name, Tuning tuning) {
        try {
            tuning.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            running.remove(name);
            bell.run();
        }
    }

    /** Stops all that are running, and waits until the functions are as they were or the time is over. */
    void stop(Duration time) throws InterruptedException {
        Map<String, Tuning> now = Map.copyOf(running);
        CountDownLatch stopped = new CountDownLatch(now.size());
        now.values().forEach(tuning -> Thread.ofVirtual().start(() -> {
            try {
                tuning.interrupt(time);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                stopped.countDown();
            }
        }));
        stopped.await(time.toMillis(), TimeUnit.MILLISECONDS);
    }
}
