// SPDX-License-Identifier: Apache-2.0
package dev.memtune.cli.tuning;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memtune.cli.Interrupts;
import dev.memtune.cli.Terminal;
import dev.memtune.core.run.Outcome;
import dev.memtune.core.wire.CheckResult;
import dev.memtune.core.wire.Json;
import dev.memtune.core.wire.Promotion;
import dev.memtune.core.wire.TuningInputReader;
import dev.memtune.core.wire.TuningResult;
import dev.memtune.report.TuningText;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Tunes one function for a person: checks the input first, shows progress, prints the result, survives Ctrl-C. */
public final class Session {
    private static final Duration CLEAN_UP_TIME = Duration.ofSeconds(60);
    private static final int NAME_BYTES = 8;

    private final Ports ports;
    private final Terminal terminal;
    private final RandomGenerator random;

    /**
     * A session on one Lambda.
     *
     * @param random names executions
     */
    public Session(Ports ports, Terminal terminal, RandomGenerator random) {
        this.ports = ports;
        this.terminal = terminal;
        this.random = random;
    }

    /**
     * Tunes.
     *
     * @param environment what else bears on the figures, for the result
     * @throws dev.memtune.core.failure.BadInput if the input breaks rules; nothing was touched
     * @throws InterruptedException if the thread is interrupted
     */
    public TuningEnd tune(ObjectNode input, boolean quiet, Map<String, String> environment)
            throws InterruptedException {
        TuningInputReader.read(input, 0);
        String function = input.path("lambdaARN").asText();
        Progress progress = new Progress(function, terminal, quiet, ports.clock());
        Tuning tuning = Tuning.start(ports, executionName(), input, progress);
        TuningEnd end = Interrupts.cleaningUp(() -> stop(tuning, function), tuning::await);
        progress.done();
        return end.withEnvironment(environment);
    }

    /** What a check found; empty if it did not get so far. */
    public Optional<CheckResult> checked(TuningEnd end) {
        return ports.store()
                .document(end.runId(), CheckResult.DOCUMENT)
                .map(json -> Json.read(json, CheckResult.class));
    }

    /**
     * Prints the result, if there is one, to standard output and what failed to standard error.
     *
     * @param withResult whether the result is to be printed
     */
    public void print(String function, TuningEnd end, boolean withResult) {
        end.result().ifPresent(result -> result.notes().warnings().forEach(warning -> terminal.err()
                .println("memtune: warning: " + warning)));
        if (withResult) {
            end.result().ifPresent(result -> TuningText.of(result).forEach(terminal.out()::println));
            if (end.result().isEmpty() && end.outcome().isSuccess()) {
                DryRunText.of(end).forEach(terminal.out()::println);
            }
        }
        if (!end.outcome().isSuccess() && end.outcome() != Outcome.INTERRUPTED) {
            terminal.err().println("memtune: " + TuningText.failure(end.outcome(), function, end.cause()));
        }
    }

    private void stop(Tuning tuning, String function) {
        terminal.err().println();
        terminal.err().println("memtune: interrupted; cleaning up " + function);
        Optional<TuningEnd> end = Optional.empty();
        try {
            end = tuning.interrupt(CLEAN_UP_TIME);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        terminal.err().println("memtune: " + stopped(end, function));
    }

    private static String stopped(Optional<TuningEnd> end, String function) {
        if (end.isEmpty() || end.get().outcome() == Outcome.DIRTY) {
            return "could not clean up in time; run: memtune clean " + function;
        }
        Promotion promotion = end.get().result().map(TuningResult::promotion).orElse(null);
        return promotion != null && promotion.status() == Promotion.Status.PROMOTED
                ? "alias " + promotion.alias() + " was moved to version " + promotion.toVersion()
                        + " before the stop and stays there; nothing else of " + function + " has changed"
                : function + " is as it was before";
    }

    private String executionName() {
        byte[] bytes = new byte[NAME_BYTES];
        random.nextBytes(bytes);
        return "cli-" + HexFormat.of().formatHex(bytes);
    }
}
