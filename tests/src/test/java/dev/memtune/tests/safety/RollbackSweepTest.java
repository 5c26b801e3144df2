// SPDX-License-Identifier: Apache-2.0
package dev.memtune.tests.safety;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memtune.cleaner.Cleaner;
import dev.memtune.cleaner.CleanerLimits;
import dev.memtune.core.function.FunctionReference;
import dev.memtune.core.port.InMemoryLambda;
import dev.memtune.core.port.InMemoryRunStore;
import dev.memtune.core.port.ModelFunction;
import dev.memtune.core.port.RunStore;
import dev.memtune.core.port.VirtualClock;
import dev.memtune.core.run.Rollback;
import dev.memtune.core.run.Rollback.Place;
import dev.memtune.promoter.Reverter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A rollback under every single fault at every point, and one recovery: the alias and the way back agree afterwards. */
class RollbackSweepTest {
    private static final Set<Fault> FAULTS = EnumSet.range(Fault.NONE, Fault.HALT_AFTER);
    private static final Duration BETWEEN = Duration.ofMinutes(2);
    private static final String MARKER = "memtune run=first size=1024 nonce=1";

    private final List<String> problems = new ArrayList<>();
    private int pointCount;
    private int scenarioCount;

    @Test
    void leavesTheAliasAtOneEndOfTheMoveAndTheNoteWithIt() {
        run(Fault.NONE, 0);
        int points = pointCount;
        for (Fault fault : FAULTS) {
            for (int at = 1; at <= points; at++) {
                run(fault, at);
            }
        }
        System.out.println(
                "rollback: " + points + " points, " + scenarioCount + " scenarios, " + problems.size() + " violations");
        assertThat(problems).isEmpty();
        assertThat(scenarioCount).isGreaterThan(150);
    }

    private void run(Fault fault, int at) {
        VirtualClock clock = new VirtualClock();
        InMemoryLambda lambda = new InMemoryLambda(clock);
        ModelFunction function = promoted(lambda);
        RunStore plain = new InMemoryRunStore();
        plain.putRollback(new Rollback(
                function.latest().functionArn(),
                "prod",
                "first",
                new Place("1", Setup.OWN_MB, null),
                new Place("2", 1024, MARKER),
                clock.instant()));
        Observer observer = new Observer(function, Set.of(), 0);
        Points points = new Points(fault == Fault.NONE ? Map.of() : Map.of(at, fault), what -> {}, observer);
        lambda.hook(points);
        RunStore store = points.around(plain);
        String end = rollBack(new Reverter(lambda, store, clock, clock, Duration.ofMinutes(5)));
        pointCount = points.count();
        points.recover();
        Cleaner cleaner = new Cleaner(lambda, store, clock, clock, CleanerLimits.DEFAULT);
        for (int pass = 0; pass < 2; pass++) {
            clock.sleep(BETWEEN);
            cleaner.sweep(run -> true);
        }
        scenarioCount++;
        check(fault + "@" + at + " " + end + ": ", function, plain, observer);
        if (fault == Fault.NONE && !served(function).equals("1")) {
            problems.add("without a fault prod is at " + served(function));
        }
    }

    private static ModelFunction promoted(InMemoryLambda lambda) {
        ModelFunction function = lambda.add(Setup.FUNCTION, Setup.OWN_MB);
        function.publish(null, null, "the user's");
        function.editMemory(1024);
        function.publish(null, null, MARKER);
        function.editMemory(Setup.OWN_MB);
        function.putAlias("prod", "2", "the user's", Map.of());
        return function;
    }

    private static String rollBack(Reverter reverter) {
        try {
            return reverter.rollBack(
                            "rollback", FunctionReference.parse(Setup.FUNCTION).orElseThrow(), "prod")
                    .status()
                    .name();
        } catch (RuntimeException | Crash e) {
            return e.getClass().getSimpleName();
        }
    }

    private static String served(ModelFunction function) {
        return Objects.requireNonNull(function.aliases().get("prod")).version();
    }

    private void check(String what, ModelFunction function, RunStore store, Observer observer) {
        observer.violations().forEach(violation -> problems.add(what + violation));
        Rollback note = store.rollback(function.latest().functionArn(), "prod").orElseThrow();
        if (!note.to().version().equals(served(function))) {
            problems.add(what + "prod serves " + served(function) + ", the note says " + note.to());
        }
        if (function.aliases().size() != 1 || function.versions().size() != 3) {
            problems.add(what + "left " + function.aliases().keySet() + " and "
                    + function.versions().size() + " versions");
        }
        if (function.latest().memoryMB() != Setup.OWN_MB || !store.unfinished().isEmpty()) {
            problems.add(
                    what + "$LATEST has " + function.latest().memoryMB() + " MB, unfinished " + store.unfinished());
        }
    }
}
