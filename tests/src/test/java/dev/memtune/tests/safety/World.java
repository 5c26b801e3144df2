// SPDX-License-Identifier: Apache-2.0
package dev.memtune.tests.safety;

import dev.memtune.core.function.AliasConfiguration;
import dev.memtune.core.function.FunctionConfiguration;
import dev.memtune.core.port.ModelFunction;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The function as everybody but Memtune made it: what must be found of it afterwards. */
final class World {
    private static final int FOREIGN_MB = 768;

    private final ModelFunction function;
    private final Map<String, AliasConfiguration> kept;
    private final Set<String> foreignVersions = new HashSet<>();
    private final @Nullable String expectedLevel;
    private final Set<Integer> appliedOver = new HashSet<>();
    private int appliedMB;
    private int memoryEdits;
    private int expectedMB = Setup.OWN_MB;
    private String expectedCode = "code-1";
    private String expectedSettings = "settings-1";
    private @Nullable String foreignProd;
    private @Nullable String pollutedVersion;
    private boolean deployedBeforeMove;
    private boolean movedBeforeMove;

    private final int wantedMB;

    /** @param wantedMB the size that is to be written to {@code $LATEST} for good; 0 if none is */
    World(ModelFunction function, Map<String, AliasConfiguration> kept, int wantedMB) {
        this.wantedMB = wantedMB;
        this.function = function;
        this.kept = Map.copyOf(kept);
        this.expectedLevel = function.latest().systemLogLevel();
        function.versions().forEach(version -> foreignVersions.add(version.version()));
    }

    /** S1, S2 and S3 as far as they do not hold. */
    List<String> problems(Set<String> promoted) {
        List<String> problems = new ArrayList<>();
        checkLatest(problems);
        checkVersions(promoted, problems);
        checkAliases(problems);
        return problems;
    }

    private void checkLatest(List<String> problems) {
        FunctionConfiguration latest = function.latest();
        boolean applied = appliedOver.contains(expectedMB);
        boolean right = latest.memoryMB() == (applied ? appliedMB : expectedMB)
                || (applied && memoryEdits > 1 && latest.memoryMB() == expectedMB);
        if (!right) {
            problems.add("S1 memory is " + latest.memoryMB() + ", not " + expectedMB + " or applied " + appliedMB);
        }
        if (!Objects.equals(latest.systemLogLevel(), expectedLevel)) {
            problems.add("S1 log level is " + latest.systemLogLevel() + ", not " + expectedLevel);
        }
        boolean same = expectedCode.equals(latest.codeSha256())
                && expectedSettings.equals(latest.settingsDigest())
                && latest.description().equals("the function's own description");
        if (!same) {
            problems.add("S1 code, settings or description differ: " + latest);
        }
    }

    private void checkVersions(Set<String> promoted, List<String> problems) {
        Set<String> present = new HashSet<>();
        for (FunctionConfiguration version : function.versions()) {
            present.add(version.version());
            if (!foreignVersions.contains(version.version()) && !promoted.contains(version.version())) {
                problems.add("S2 left version " + version.version() + " " + version.description());
            }
        }
        foreignVersions.stream()
                .filter(version -> !present.contains(version))
                .forEach(version -> problems.add("S3 deleted the foreign version " + version));
    }

    private void checkAliases(List<String> problems) {
        for (AliasConfiguration alias : function.aliases().values()) {
            boolean known = kept.containsKey(alias.name())
                    || alias.name().equals("prod")
                    || alias.description().contains(Setup.OTHER_RUN);
            if (!known) {
                problems.add("S2 left alias " + alias.name() + " " + alias.description());
            }
            if (kept.containsKey(alias.name())
                    && !alias.name().equals("prod")
                    && !alias.equals(kept.get(alias.name()))) {
                problems.add("S3 changed the foreign alias " + alias.name());
            }
        }
        kept.keySet().stream()
                .filter(name -> !function.aliases().containsKey(name))
                .forEach(name -> problems.add("S3 deleted the foreign alias " + name));
    }

    /** The version that {@code prod} points to by this run's doing; null if it does not. */
    @Nullable
    String movedByRun() {
        AliasConfiguration prod = function.aliases().get("prod");
        AliasConfiguration was = kept.get("prod");
        String version = prod == null ? null : prod.version();
        boolean foreign = version == null || version.equals(foreignProd);
        return foreign || Objects.equals(version, was == null ? null : was.version()) ? null : version;
    }

    /** Whether this is {@code prod} as it was before anything happened. */
    boolean isAsAtFirst(AliasConfiguration prod) {
        return prod.equals(kept.get("prod"));
    }

    /** Whether this has the code and the settings that {@code $LATEST} has now. */
    boolean hasPresentCode(FunctionConfiguration read) {
        return read.hasSameCodeAndSettings(function.latest());
    }

    boolean isProdForeign() {
        return foreignProd != null;
    }

    /** Whether somebody moved {@code prod} before the run did, so that the run must not. */
    boolean isMovedBeforeMove() {
        return movedBeforeMove;
    }

    /** Whether somebody deployed before the run moved {@code prod}, so that it must not, and must say so. */
    boolean isDeployedBeforeMove() {
        return deployedBeforeMove;
    }

    /** The version that somebody published at a trial size; null if nobody did. */
    @Nullable
    String pollutedVersion() {
        return pollutedVersion;
    }

    FunctionConfiguration configuration(String version) {
        return function.configuration(version);
    }

    /** @param late whether it comes too late to be seen before {@code prod} is moved */
    void editSettings(boolean late) {
        expectedSettings = "settings-2";
        function.editCode(expectedCode, expectedSettings);
        deployedBeforeMove |= !late && movedByRun() == null;
    }

    /** A run has given {@code $LATEST} a size for good, as it was asked to, over what it found there. */
    void applied(int overMB, int memoryMB) {
        appliedOver.add(overMB);
        appliedMB = memoryMB;
    }

    void editMemory() {
        memoryEdits++;
        expectedMB = FOREIGN_MB;
        function.editMemory(FOREIGN_MB);
    }

    void moveProd() {
        if (kept.containsKey("prod")) {
            movedBeforeMove |= movedByRun() == null;
            foreignProd = "1";
            function.putAlias("prod", "1", "moved by the user", Map.of());
        }
    }

    /** Somebody publishes what is there, unless an update is under way. */
    void publish() {
        if (!function.latest().isSettled()) {
            return;
        }
        int versions = function.versions().size();
        FunctionConfiguration published = function.publish(null, null, "somebody else's");
        if (function.versions().size() > versions) {
            foreignVersions.add(published.version());
            boolean trial = published.memoryMB() != expectedMB && published.memoryMB() != wantedMB;
            pollutedVersion = trial ? published.version() : pollutedVersion;
        }
    }

    /**
     * Somebody deploys other code with a new version behind {@code prod}, unless an update is under way.
     *
     * @param late whether it comes too late to be seen before {@code prod} is moved
     */
    void deploy(boolean late) {
        if (!function.latest().isSettled()) {
            return;
        }
        deployedBeforeMove |= !late && movedByRun() == null;
        movedBeforeMove |= movedByRun() == null;
        expectedCode = "code-2";
        function.editCode(expectedCode, expectedSettings);
        FunctionConfiguration published = function.publish(null, null, "somebody else's deployment");
        foreignVersions.add(published.version());
        foreignProd = published.version();
        function.putAlias("prod", published.version(), "the user's", Map.of());
    }

    /** Somebody else's run; what it does to {@code prod} is not the doing of the run under test. */
    void others(Runnable run) {
        AliasConfiguration earlier = function.aliases().get("prod");
        run.run();
        AliasConfiguration now = function.aliases().get("prod");
        foreignProd = now == null || now.equals(earlier) ? foreignProd : now.version();
    }
}
