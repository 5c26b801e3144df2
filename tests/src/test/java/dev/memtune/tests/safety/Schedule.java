// SPDX-License-Identifier: Apache-2.0
package dev.memtune.tests.safety;

import dev.memtune.cleaner.Cleaner;
import dev.memtune.cleaner.CleanerLimits;
import dev.memtune.core.function.AliasConfiguration;
import dev.memtune.core.port.CallHook;
import dev.memtune.core.port.InMemoryLambda;
import dev.memtune.core.port.InMemoryRunStore;
import dev.memtune.core.port.LambdaCall;
import dev.memtune.core.port.ModelFunction;
import dev.memtune.core.port.VirtualClock;
import dev.memtune.core.run.Lease;
import dev.memtune.core.run.LedgerEntry;
import dev.memtune.core.run.Outcome;
import dev.memtune.core.run.RunIds;
import dev.memtune.recorder.RecorderOutput;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Two runs and somebody who deploys, on one function, their calls interleaved as a seed says. */
final class Schedule {
    private static final int RUNS = 2;
    private static final int ATTEMPTS = 3;
    private static final int DEPLOYER = RUNS;
    private static final int GAPS_MAX = 60;

    private final long seed;
    private final Setup setup = Setup.PROMOTE_EXISTING;
    private final VirtualClock clock = new VirtualClock();
    private final InMemoryLambda lambda = new InMemoryLambda(clock);
    private final ModelFunction function = lambda.add(Setup.FUNCTION, Setup.OWN_MB);
    private final InMemoryRunStore store = new InMemoryRunStore();
    private final World world = new World(function, setup.prepare(function, "none"), 0);
    private final Turns turns;
    private final List<String> violations = new CopyOnWriteArrayList<>();
    private final Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);
    private final String[] executions = new String[RUNS];

    Schedule(long seed) {
        this.seed = seed;
        this.turns = new Turns(seed, RUNS + 1);
        lambda.hook(new CallHook() {
            @Override
            public <T> T around(LambdaCall call, Supplier<T> effect) {
                turns.pass();
                requireLease(call);
                T answer = effect.get();
                requireProd(call);
                return answer;
            }
        });
    }

    /** Runs, sweeps once, and returns what does not hold. */
    List<String> violations() throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int actor = 0; actor <= DEPLOYER; actor++) {
            int self = actor;
            Thread thread = new Thread(() -> act(self), "actor " + actor);
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        clock.sleep(Duration.ofMinutes(2));
        new Cleaner(lambda, store, clock, clock, CleanerLimits.DEFAULT).sweep(run -> true);
        world.problems(promotedVersions()).forEach(violations::add);
        if (!store.unfinished().isEmpty()) {
            violations.add("S9 a run is still unfinished");
        }
        return violations.stream().map(what -> "seed " + seed + ": " + what).toList();
    }

    Map<Outcome, Integer> outcomes() {
        return outcomes;
    }

    private void act(int actor) {
        turns.begin(actor);
        try {
            if (actor == DEPLOYER) {
                deploy(new SplittableRandom(seed));
            } else {
                tune(actor);
            }
        } catch (RuntimeException | Error e) {
            violations.add("actor " + actor + " died: " + e);
        } finally {
            turns.end();
        }
    }

    private void tune(int actor) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            executions[actor] = "execution-" + actor + "-" + attempt;
            Flow.Ports ports = new Flow.Ports(lambda, lambda, lambda.logs(), store, clock, () -> {});
            RecorderOutput end = Objects.requireNonNull(new Flow(ports, executions[actor], setup.input()).run());
            outcomes.merge(end.outcome(), 1, Integer::sum);
            if (end.success() != end.outcome().isSuccess() || end.outcome() == Outcome.UNEXPECTED) {
                violations.add("S5 " + end);
            }
            if (end.outcome() != Outcome.BUSY) {
                return;
            }
        }
    }

    private void deploy(SplittableRandom random) {
        for (int i = random.nextInt(3); i > 0; i--) {
            for (int gaps = random.nextInt(GAPS_MAX); gaps > 0; gaps--) {
                turns.pass();
            }
            switch (random.nextInt(4)) {
                case 0 -> world.deploy(true);
                case 1 -> world.editSettings(true);
                case 2 -> world.editMemory();
                default -> world.moveProd();
            }
        }
    }

    private void requireLease(LambdaCall call) {
        int actor = turns.self();
        if (actor < 0 || !call.isChanging() || call.detail().startsWith(Lease.ALIAS)) {
            return;
        }
        AliasConfiguration lease = function.aliases().get(Lease.ALIAS);
        String holder = lease == null
                ? null
                : Lease.parse(lease.description()).map(Lease::holder).orElse(null);
        if (!RunIds.of(executions[actor]).equals(holder)) {
            violations.add("S7 run " + actor + " changes what " + holder + " holds: " + call);
        }
    }

    private void requireProd(LambdaCall call) {
        AliasConfiguration prod = Objects.requireNonNull(function.aliases().get("prod"), "prod is gone");
        boolean there = function.versions().stream()
                .anyMatch(version -> version.version().equals(prod.version()));
        if (!there) {
            violations.add("S4 prod points to nothing after " + call);
        }
    }

    private Set<String> promotedVersions() {
        return IntStream.range(0, RUNS)
                .boxed()
                .flatMap(actor -> IntStream.range(0, ATTEMPTS)
                        .mapToObj(attempt -> RunIds.of("execution-" + actor + "-" + attempt)))
                .flatMap(runId -> store.ledger(runId).stream())
                .filter(entry -> entry.kind() == LedgerEntry.Kind.PROMOTED)
                .map(LedgerEntry::version)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
    }
}
