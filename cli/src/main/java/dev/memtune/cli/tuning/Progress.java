// SPDX-License-Identifier: Apache-2.0
package dev.memtune.cli.tuning;

import dev.memtune.cli.Terminal;
import dev.memtune.local.machine.MachineEvent;
import dev.memtune.local.machine.MachineListener;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Says on standard error what a tuning is doing: one moving line for a person, one line per stage otherwise. Safe for use by
 * many threads.
 */
public final class Progress implements MachineListener {
    private static final Duration SHORTEST_REDRAW = Duration.ofMillis(100);
    private static final int MAX_SIZES = 8;
    private static final String ERASE_LINE = "\r\u001b[K";

    private final String subject;
    private final PrintStream err;
    private final boolean moving;
    private final boolean silent;
    private final InstantSource clock;
    private String stage = "";
    private boolean promotes;
    private int expected;
    private int measured;
    private Instant drawnAt = Instant.MIN;

    /**
     * For one tuning.
     *
     * @param subject the function's name
     * @param silent whether nothing is to be said
     */
    public Progress(String subject, Terminal terminal, boolean silent, InstantSource clock) {
        this.subject = subject;
        this.err = terminal.err();
        this.moving = terminal.interactive();
        this.silent = silent;
        this.clock = clock;
    }

    /** Announces a stage. */
    public synchronized void stage(String name) {
        if (silent || name.equals(stage)) {
            return;
        }
        stage = name;
        if (moving) {
            draw();
        } else {
            err.println(subject + ": " + name);
        }
    }

    /** How many invocations the present round will buy. */
    synchronized void expect(int invocations) {
        expected += invocations;
    }

    /** Counts invocations that are over. */
    synchronized void count(int invocations) {
        measured += invocations;
        if (moving && !silent && !clock.instant().isBefore(drawnAt.plus(SHORTEST_REDRAW))) {
            draw();
        }
    }

    /** Takes the moving line away, so that the result starts on a clean one. */
    public synchronized void done() {
        if (moving && !silent) {
            err.print(ERASE_LINE);
            err.flush();
        }
    }

    @Override
    public synchronized void on(MachineEvent event) {
        switch (event) {
            case MachineEvent.StateEntered entered -> enter(entered);
            case MachineEvent.RetryScheduled retry ->
                stage(retry.place().state() + " failed (" + name(retry.error()) + "), again in "
                        + Math.max(1, retry.delay().toSeconds()) + " s");
            case MachineEvent.ErrorCaught caught ->
                stage(caught.place().state() + " failed (" + name(caught.error()) + ")");
            case MachineEvent.ExecutionStarted started -> {
                promotes = started.input().path("autoOptimize").asBoolean();
                stage("checking");
            }
            case MachineEvent.StateExited exited -> {}
            case MachineEvent.TaskStarted started -> {}
            case MachineEvent.ExecutionEnded ended -> done();
        }
    }

    private void enter(MachineEvent.StateEntered entered) {
        switch (entered.place().state()) {
            case "Publish" -> stage("publishing " + sizes(entered));
            case "Measure" -> {
                entered.input()
                        .path("plan")
                        .path("allocations")
                        .forEach(allocation ->
                                expect(allocation.path("invocationCount").asInt()));
                stage("measuring " + sizes(entered) + ", round "
                        + entered.input().path("plan").path("round").asInt());
            }
            case "Promote" -> {
                if (promotes) {
                    stage("promoting");
                }
            }
            case "Clean" -> stage("cleaning up");
            default -> {}
        }
    }

    private static String sizes(MachineEvent.StateEntered entered) {
        List<Integer> sizes = new ArrayList<>();
        entered.input()
                .path("plan")
                .path("allocations")
                .forEach(allocation ->
                        sizes.add(allocation.path("arm").path("memoryMB").asInt()));
        String shown =
                sizes.stream().sorted().limit(MAX_SIZES).map(String::valueOf).collect(Collectors.joining(", "));
        return shown + (sizes.size() > MAX_SIZES ? " and " + (sizes.size() - MAX_SIZES) + " more" : "") + " MB";
    }

    /** An error's name without the package that it comes from. */
    private static String name(String error) {
        return error.substring(Math.max(error.lastIndexOf('.'), error.lastIndexOf('$')) + 1);
    }

    private void draw() {
        drawnAt = clock.instant();
        String counts = expected > 0 ? " (" + measured + " of " + expected + " invocations)" : "";
        err.print(ERASE_LINE + subject + ": " + stage + counts);
        err.flush();
    }
}
