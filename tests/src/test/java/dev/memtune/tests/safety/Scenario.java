// SPDX-License-Identifier: Apache-2.0
package dev.memtune.tests.safety;

import dev.memtune.cleaner.CleanerOutput;
import dev.memtune.core.function.AliasConfiguration;
import dev.memtune.core.function.FunctionConfiguration;
import dev.memtune.core.port.InMemoryLambda;
import dev.memtune.core.port.InMemoryRunStore;
import dev.memtune.core.port.ModelFunction;
import dev.memtune.core.port.RunStore;
import dev.memtune.core.port.VirtualClock;
import dev.memtune.core.run.LedgerEntry;
import dev.memtune.core.run.RunIds;
import dev.memtune.core.wire.Failure;
import dev.memtune.core.wire.Promotion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One run with one fault, and everything that must hold afterwards. */
final class Scenario {
    static final String EXECUTION = "arn:aws:states:eu-central-1:123456789012:execution:Memtune:first";
    private static final String SECOND = "arn:aws:states:eu-central-1:123456789012:execution:Memtune:second";
    private static final int FOREIGN_MB = 768;

    private final Setup setup;
    private final Fault fault;
    private final int at;
    private final VirtualClock clock = new VirtualClock();
    private final InMemoryLambda lambda = new InMemoryLambda(clock);
    private final ModelFunction function = lambda.add(Setup.FUNCTION, Setup.OWN_MB);
    private final RunStore plainStore = new InMemoryRunStore();
    private final Observer observer;
    private final Points points;
    private final Flow flow;
    private final List<String> violations = new ArrayList<>();
    private final Set<String> foreignVersions = new HashSet<>();
    private final Map<String, AliasConfiguration> before;
    private int expectedMB = Setup.OWN_MB;
    private String expectedCode = "code-1";
    private String expectedSettings = "settings-1";
    private @Nullable String foreignProd;
    private @Nullable String pollutedVersion;
    private @Nullable CleanerOutput output;
    private int callCount;

    Scenario(Setup setup, Fault fault, int at) {
        this.setup = setup;
        this.fault = fault;
        this.at = at;
        observer = new Observer(function, fault == Fault.CLEAN_IN_GAP ? 1 : 0);
        setup.prepare(function, RunIds.of(EXECUTION));
        before = function.aliases();
        function.versions().forEach(version -> foreignVersions.add(version.version()));
        points = new Points(fault, at, this::act, observer);
        lambda.hook(points);
        RunStore store = points.around(plainStore);
        flow = new Flow(lambda, store, clock, EXECUTION, setup, points::newProcess, observer::measuring);
    }

    /** Runs, recovers once, and returns what does not hold. */
    List<String> violations() {
        output = flow.run();
        callCount = lambda.calls().size();
        points.heal();
        clock.sleep(Duration.ofMinutes(2));
        sweep();
        violations.addAll(observer.violations());
        checkLatest();
        checkVersionsAndAliases();
        checkHonesty();
        clock.sleep(Duration.ofMinutes(2));
        sweep();
        checkLatest();
        checkVersionsAndAliases();
        if (!plainStore.unfinished().isEmpty()) {
            violation("S9", "the run is still unfinished");
        }
        return violations.stream().map(what -> this + ": " + what).toList();
    }

    private void sweep() {
        List<CleanerOutput> recovered = flow.cleaner().sweep(run -> true);
        recovered.stream().flatMap(sweep -> sweep.dirty().stream()).forEach(left -> violation("S9", left));
    }

    private void checkLatest() {
        FunctionConfiguration latest = function.latest();
        if (latest.memoryMB() != expectedMB) {
            violation("S1", "memory is " + latest.memoryMB() + ", not " + expectedMB);
        }
        boolean same = expectedCode.equals(latest.codeSha256())
                && expectedSettings.equals(latest.settingsDigest())
                && latest.description().equals("the function's own description");
        if (!same) {
            violation("S1", "code, settings or description differ: " + latest);
        }
    }

    private void checkVersionsAndAliases() {
        Set<String> promoted = promotedVersions();
        Set<String> present = new HashSet<>();
        for (FunctionConfiguration version : function.versions()) {
            present.add(version.version());
            if (!foreignVersions.contains(version.version()) && !promoted.contains(version.version())) {
                violation("S2", "left version " + version.version() + " " + version.description());
            }
        }
        foreignVersions.stream()
                .filter(version -> !present.contains(version))
                .forEach(version -> violation("S3", "deleted the foreign version " + version));
        for (AliasConfiguration alias : function.aliases().values()) {
            boolean known = before.containsKey(alias.name()) || alias.name().equals("prod");
            if (!known) {
                violation("S2", "left alias " + alias.name() + " " + alias.description());
            }
            if (known && !alias.name().equals("prod") && !alias.equals(before.get(alias.name()))) {
                violation("S3", "changed the foreign alias " + alias.name());
            }
        }
        before.keySet().stream()
                .filter(name -> !function.aliases().containsKey(name))
                .forEach(name -> violation("S3", "deleted the foreign alias " + name));
    }

    private Set<String> promotedVersions() {
        return Stream.of(EXECUTION, SECOND)
                .flatMap(execution -> plainStore.ledger(RunIds.of(execution)).stream())
                .filter(entry -> entry.kind() == LedgerEntry.Kind.PROMOTED)
                .map(LedgerEntry::version)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
    }

    private void checkHonesty() {
        AliasConfiguration prod = function.aliases().get("prod");
        AliasConfiguration was = before.get("prod");
        boolean moved = prod != null && !prod.version().equals(was == null ? "" : was.version());
        boolean movedByUs = moved && !prod.version().equals(foreignProd);
        CleanerOutput end = output;
        if (end == null) {
            if (fault == Fault.NONE) {
                violation("S9", "Clean never came to an end without any fault");
            }
            return;
        }
        Promotion promotion = end.promotion();
        boolean claims = promotion != null && promotion.status() == Promotion.Status.PROMOTED;
        if (claims && !movedByUs && foreignProd == null) {
            violation("S5", "says promoted, and prod is where it was");
        }
        if (movedByUs && !claims && !fault.isHalt() && end.clean()) {
            violation("S5", "moved prod without saying so: " + end);
        }
        if (movedByUs && function.configuration(prod.version()).memoryMB() != setup.bestMB()) {
            violation("S4", "promoted another size");
        }
        if (end.failure() == null && end.decision() == null) {
            violation("S5", "succeeded without a result");
        }
        boolean movedAfterRead = plainStore
                .find(RunIds.of(EXECUTION))
                .filter(run -> was != null && was.equals(run.promoteAlias()))
                .isPresent();
        if (foreignProd != null && fault == Fault.FOREIGN_ALIAS_MOVE && movedByUs && movedAfterRead) {
            violation("S4", "moved an alias that somebody else had moved");
        }
        checkPollution(end);
    }

    /** S10: a version that somebody published at a trial size must be named. */
    private void checkPollution(CleanerOutput end) {
        Failure failure = end.failure();
        boolean named = failure != null && failure.cause().contains("version " + pollutedVersion);
        if (pollutedVersion != null && !named) {
            violation("S10", "nobody heard of the polluted version " + pollutedVersion + ": " + failure);
        }
    }

    private void act(Fault what) {
        switch (what) {
            case FOREIGN_SETTING -> {
                expectedSettings = "settings-2";
                function.editCode(expectedCode, expectedSettings);
            }
            case FOREIGN_MEMORY -> {
                expectedMB = FOREIGN_MB;
                function.editMemory(FOREIGN_MB);
            }
            case FOREIGN_PUBLICATION -> publishForeign();
            case FOREIGN_DEPLOYMENT -> deployForeign();
            case FOREIGN_ALIAS_MOVE -> {
                if (before.containsKey("prod")) {
                    foreignProd = "1";
                    function.putAlias("prod", "1", "moved by the user", Map.of());
                }
            }
            case SECOND_RUN -> runSecond();
            case CLEAN_IN_GAP -> flow.cleaner().sweep(run -> true);
            default -> throw new IllegalStateException("nobody does " + what);
        }
    }

    private void runSecond() {
        AliasConfiguration earlier = function.aliases().get("prod");
        new Flow(lambda, plainStore, clock, SECOND, setup, () -> {}, now -> {}).run();
        AliasConfiguration now = function.aliases().get("prod");
        foreignProd = now == null || now.equals(earlier) ? null : now.version();
    }

    private void publishForeign() {
        if (!function.latest().isSettled()) {
            return;
        }
        int versions = function.versions().size();
        FunctionConfiguration published = function.publish(null, null, "somebody else's");
        if (function.versions().size() > versions) {
            foreignVersions.add(published.version());
            boolean trial = published.memoryMB() != Setup.OWN_MB;
            pollutedVersion = trial ? published.version() : null;
        }
    }

    private void deployForeign() {
        if (!function.latest().isSettled()) {
            return;
        }
        expectedCode = "code-2";
        function.editCode(expectedCode, expectedSettings);
        FunctionConfiguration published = function.publish(null, null, "somebody else's deployment");
        foreignVersions.add(published.version());
        foreignProd = published.version();
        function.putAlias("prod", published.version(), "the user's", Map.of());
    }

    private void violation(String invariant, String what) {
        violations.add(invariant + " " + what);
    }

    int pointCount() {
        return points.count();
    }

    int callCount() {
        return callCount;
    }

    int exposedCalls() {
        return observer.exposedCalls();
    }

    boolean happened() {
        return points.happened();
    }

    @Nullable
    CleanerOutput output() {
        return output;
    }

    InMemoryLambda lambda() {
        return lambda;
    }

    @Override
    public String toString() {
        return setup + " " + fault + " at " + at;
    }
}
