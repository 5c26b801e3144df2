// SPDX-License-Identifier: Apache-2.0
package dev.memtune.tests.safety;

import dev.memtune.cleaner.CleanerOutput;
import dev.memtune.core.function.AliasConfiguration;
import dev.memtune.core.port.InMemoryLambda;
import dev.memtune.core.port.InMemoryRunStore;
import dev.memtune.core.port.LambdaCall;
import dev.memtune.core.port.ModelFunction;
import dev.memtune.core.port.RunStore;
import dev.memtune.core.port.VirtualClock;
import dev.memtune.core.run.LedgerEntry;
import dev.memtune.core.run.RunIds;
import dev.memtune.recorder.RecorderOutput;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One run with its faults, its recovery, and everything that must hold afterwards. */
final class Scenario {
    static final String EXECUTION = "arn:aws:states:eu-central-1:123456789012:execution:Memtune:first";
    private static final String SECOND = "arn:aws:states:eu-central-1:123456789012:execution:Memtune:second";
    private static final Duration BETWEEN = Duration.ofMinutes(2);

    private final Setup setup;
    private final Map<Integer, Fault> faults;
    private final Mutant mutant;
    private final VirtualClock clock = new VirtualClock();
    private final InMemoryLambda lambda = new InMemoryLambda(clock);
    private final ModelFunction function = lambda.add(Setup.FUNCTION, Setup.OWN_MB);
    private final RunStore plainStore = new InMemoryRunStore();
    private final Observer observer;
    private final Points points;
    private final Flow flow;
    private final World world;
    private final List<String> violations = new ArrayList<>();
    private @Nullable RecorderOutput end;
    private int pointCount;
    private int runCalls;
    private Duration time = Duration.ZERO;

    Scenario(Setup setup, Map<Integer, Fault> faults) {
        this(setup, faults, Mutant.NONE);
    }

    Scenario(Setup setup, Map<Integer, Fault> faults, Mutant mutant) {
        this.setup = setup;
        this.faults = new TreeMap<>(faults);
        this.mutant = mutant;
        Map<String, AliasConfiguration> kept = setup.prepare(function, RunIds.of(EXECUTION));
        world = new World(function, kept, setup.applies() ? setup.bestMB() : 0);
        int cleansInGaps = (int)
                faults.values().stream().filter(Fault.CLEAN_IN_GAP::equals).count();
        observer = new Observer(function, setup.trialSizes(), cleansInGaps);
        points = new Points(faults, this::act, observer);
        lambda.hook(points);
        lambda.workload(setup.workload());
        Flow.Ports ports = new Flow.Ports(
                mutant.control(lambda),
                mutant.invoker(lambda, lambda),
                lambda.logs(),
                mutant.store(points.around(plainStore)),
                clock,
                points::newProcess);
        flow = new Flow(ports, EXECUTION, setup.input());
    }

    private Flow second() {
        return new Flow(
                new Flow.Ports(lambda, lambda, lambda.logs(), plainStore, clock, () -> {}), SECOND, setup.input());
    }

    /** Runs, recovers, and returns what does not hold. */
    List<String> violations() {
        end = flow.run();
        pointCount = points.count();
        runCalls = observer.callCount();
        time = Duration.between(VirtualClock.START, clock.instant());
        checkEnd();
        points.recover();
        clock.sleep(BETWEEN);
        recover();
        violations.addAll(observer.violations());
        checkWorld("");
        int before = observer.callCount();
        recover();
        checkWorld("a second time: ");
        if (!plainStore.unfinished().isEmpty()) {
            violation("S9 the run is still unfinished");
        }
        if (plainStore.unfinished().isEmpty() && observer.callCount() - before > Figures.recoveryCallsMax(setup)) {
            violation("S9 the second recovery made " + (observer.callCount() - before) + " calls");
        }
        return violations.stream().map(what -> this + ": " + what).toList();
    }

    /** One pass of Clean, which may die: then another, on which no fault falls. */
    private void recover() {
        try {
            points.newProcess();
            sweep();
        } catch (Crash e) {
            points.heal();
            clock.sleep(BETWEEN);
            sweep();
        }
        clock.sleep(BETWEEN);
    }

    private void sweep() {
        List<CleanerOutput> recovered = flow.cleaner().sweep(run -> true);
        boolean faulty = faults.keySet().stream().anyMatch(point -> point > Points.RECOVERY);
        if (!faulty) {
            recovered.stream().flatMap(sweep -> sweep.dirty().stream()).forEach(left -> violation("S9 " + left));
        }
    }

    private void checkWorld(String when) {
        tellApplied();
        world.problems(promotedVersions()).forEach(problem -> violation(when + problem));
    }

    private void tellApplied() {
        for (String execution : List.of(EXECUTION, SECOND)) {
            String runId = RunIds.of(execution);
            plainStore.ledger(runId).stream()
                    .filter(entry -> entry.kind() == LedgerEntry.Kind.APPLIED)
                    .forEach(entry -> world.applied(
                            plainStore.find(runId).orElseThrow().before().memoryMB(),
                            Objects.requireNonNull(entry.memoryMB())));
        }
    }

    private Set<String> promotedVersions() {
        return Stream.of(EXECUTION, SECOND)
                .flatMap(execution -> plainStore.ledger(RunIds.of(execution)).stream())
                .filter(entry -> entry.kind() == LedgerEntry.Kind.PROMOTED)
                .map(LedgerEntry::version)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
    }

    private void checkEnd() {
        RecorderOutput output = end;
        Claims claims = new Claims(setup, plainStore, world, observer.executed());
        claims.problemsOfSamples().forEach(this::violation);
        if (output == null) {
            boolean halts =
                    faults.values().stream().anyMatch(fault -> fault.isHalt() || fault == Fault.DENIED_FROM_HERE);
            if (!halts) {
                violation("S5 Record never came to an end");
            }
            return;
        }
        claims.problems(output).forEach(this::violation);
        if (faults.isEmpty() && output.outcome() != setup.outcome()) {
            violation("S5 ended " + output.outcome() + " without any fault: " + output.cause());
        }
        tellApplied();
        boolean saysClean = output.exitCode() != 7 && !points.isSomethingLate();
        if (saysClean) {
            world.problems(promotedVersions())
                    .forEach(problem -> violation("S5 says " + output.outcome() + ", and " + problem));
        }
    }

    private void act(Fault what) {
        switch (what) {
            case FOREIGN_SETTING -> world.editSettings(flow.isPromoting());
            case FOREIGN_MEMORY -> world.editMemory();
            case FOREIGN_PUBLICATION -> world.publish();
            case FOREIGN_DEPLOYMENT -> world.deploy(flow.isPromoting());
            case FOREIGN_ALIAS_MOVE -> world.moveProd();
            case SECOND_RUN -> {
                world.others(() -> second().run());
                observer.others(setup.applies() ? function.latest().memoryMB() : Setup.OWN_MB);
            }
            case CLEAN_IN_GAP -> flow.cleaner().sweep(run -> true);
            default -> throw new IllegalStateException("nobody does " + what);
        }
    }

    private void violation(String what) {
        violations.add(what);
    }

    /** The points of the run; known when it has run. */
    int pointCount() {
        return pointCount;
    }

    /** Whether a fault makes a difference at a point that this scenario came to. */
    boolean isPossible(Fault fault, int at) {
        return fault.isPossibleAt(Objects.requireNonNull(points.kinds().get(at), "no such point"));
    }

    /** The points of the first recovery and the second; known when they have run. */
    int recoveryPointCount() {
        return points.count() - Points.RECOVERY;
    }

    Figures figures() {
        return new Figures(
                runCalls, observer.invocationCount(), observer.exposedCalls(), observer.callCount() - runCalls, time);
    }

    boolean happened() {
        return points.happened();
    }

    @Nullable
    RecorderOutput end() {
        return end;
    }

    List<LambdaCall> calls() {
        return lambda.calls();
    }

    Instant now() {
        return clock.instant();
    }

    @Override
    public String toString() {
        return setup + " " + faults + (mutant == Mutant.NONE ? "" : " " + mutant);
    }
}
