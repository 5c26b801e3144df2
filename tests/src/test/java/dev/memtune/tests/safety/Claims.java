// SPDX-License-Identifier: Apache-2.0
package dev.memtune.tests.safety;

import dev.memtune.core.function.AliasConfiguration;
import dev.memtune.core.function.FunctionConfiguration;
import dev.memtune.core.port.RunStore;
import dev.memtune.core.run.Ledger;
import dev.memtune.core.run.LedgerEntry;
import dev.memtune.core.run.Outcome;
import dev.memtune.core.run.Run;
import dev.memtune.core.run.RunIds;
import dev.memtune.core.sample.Sample;
import dev.memtune.core.wire.Json;
import dev.memtune.core.wire.Promotion;
import dev.memtune.core.wire.RunResult;
import dev.memtune.core.wire.TuningResult;
import dev.memtune.recorder.OutcomeDocument;
import dev.memtune.recorder.RecorderOutput;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Compares what a run says of itself with what it did: S4, S5, S6, S10 and S11. */
final class Claims {
    private static final String RUN_ID = RunIds.of(Scenario.EXECUTION);

    private final Setup setup;
    private final RunStore store;
    private final World world;
    private final Map<String, FunctionConfiguration> executed;
    private final List<String> problems = new ArrayList<>();

    Claims(Setup setup, RunStore store, World world, Map<String, FunctionConfiguration> executed) {
        this.setup = setup;
        this.store = store;
        this.world = world;
        this.executed = executed;
    }

    /** S6, whatever came afterwards: each sample that counts ran the version and the size it is counted under. */
    List<String> problemsOfSamples() {
        List<String> wrong = new ArrayList<>();
        Ledger ledger = new Ledger(store.ledger(RUN_ID));
        Run run = store.find(RUN_ID).orElse(null);
        for (Sample sample : store.samples(RUN_ID)) {
            if (run != null && sample.outcome() == Sample.Outcome.MEASURED && !isTrue(sample, ledger, run)) {
                wrong.add("S6 counts as " + sample.armId() + " what ran " + executed.get(sample.requestId()));
            }
        }
        return wrong;
    }

    private boolean isTrue(Sample sample, Ledger ledger, Run run) {
        FunctionConfiguration ran = executed.get(sample.requestId());
        String version =
                ledger.published(sample.armId()).map(LedgerEntry::version).orElse(null);
        return ran != null
                && ran.version().equals(version)
                && sample.armId().equals("m" + ran.memoryMB())
                && Objects.equals(ran.codeSha256(), run.before().codeSha256());
    }

    /** What is not true of an end. */
    List<String> problems(RecorderOutput end) {
        checkOutput(end);
        checkDocuments(end);
        checkAlias(end);
        checkForeign(end);
        return problems;
    }

    private void checkOutput(RecorderOutput end) {
        if (end.success() != end.outcome().isSuccess()
                || end.exitCode() != end.outcome().exitCode()) {
            problems.add("S5 status, outcome and exit code disagree: " + end);
        }
        boolean measured =
                store.samples(RUN_ID).stream().anyMatch(sample -> sample.outcome() == Sample.Outcome.MEASURED);
        if (end.success() && (end.output() == null || !measured)) {
            problems.add("S5 succeeded without a result");
        }
        if (end.outcome() == Outcome.UNEXPECTED) {
            problems.add("S5 ended by a defect: " + end.cause());
        }
    }

    private void checkDocuments(RecorderOutput end) {
        if (store.find(RUN_ID).isEmpty()) {
            return;
        }
        OutcomeDocument kept = store.document(RUN_ID, OutcomeDocument.NAME)
                .map(json -> Json.read(json, OutcomeDocument.class))
                .orElse(null);
        if (kept == null || kept.outcome() != end.outcome() || kept.exitCode() != end.exitCode()) {
            problems.add("S5 the run store says " + kept + ", the execution " + end.outcome());
        }
        RunResult result = end.output();
        String stored = store.document(RUN_ID, TuningResult.DOCUMENT).orElse(null);
        if (result != null && !Json.write(result).equals(stored)) {
            problems.add("S5 the run store has another result than the execution's output");
        }
    }

    private void checkAlias(RecorderOutput end) {
        String moved = world.movedByRun();
        Promotion promotion = end.output() == null ? null : end.output().promotion();
        boolean claims = promotion != null && promotion.status() == Promotion.Status.PROMOTED;
        if (setup.applies()) {
            checkApplied(end, claims);
            return;
        }
        if (end.outcome() == Outcome.PROMOTED != (end.success() && claims)) {
            problems.add("S5 outcome and result disagree on the alias: " + end);
        }
        if (claims && moved == null && !world.isProdForeign()) {
            problems.add("S5 says promoted, and prod is where it was");
        }
        if (moved != null && !claims && end.outcome() != Outcome.DIRTY) {
            problems.add("S5 moved prod without saying so: " + end);
        }
        if (moved != null) {
            checkPromoted(world.configuration(moved));
        }
        if (world.isMovedBeforeMove() && moved != null && wasReadBefore()) {
            problems.add("S4 moved an alias that somebody else had moved");
        }
    }

    private void checkApplied(RecorderOutput end, boolean claims) {
        boolean applied = new Ledger(store.ledger(RUN_ID)).has(LedgerEntry.Kind.APPLIED);
        if (end.outcome() == Outcome.PROMOTED != (end.success() && claims)) {
            problems.add("S5 outcome and result disagree on $LATEST: " + end);
        }
        if (claims != applied && end.outcome() != Outcome.DIRTY) {
            problems.add("S5 says applied: " + claims + ", the ledger: " + applied);
        }
        if (world.movedByRun() != null) {
            problems.add("S4 moved prod, which nobody asked for");
        }
    }

    private void checkPromoted(FunctionConfiguration promoted) {
        if (promoted.memoryMB() != setup.bestMB()) {
            problems.add("S4 promoted another size");
        }
        FunctionConfiguration before = store.find(RUN_ID).map(Run::before).orElseThrow();
        boolean same = promoted.hasSameCodeAndSettings(before)
                && promoted.timeoutSeconds() == before.timeoutSeconds()
                && Objects.equals(promoted.runtime(), before.runtime())
                && promoted.architecture().equals(before.architecture())
                && promoted.logFormat().equals(before.logFormat());
        if (!same) {
            problems.add("S11 promoted " + promoted + " instead of " + before);
        }
    }

    /** Whether the run read {@code prod} when it was still as it was at first. */
    private boolean wasReadBefore() {
        AliasConfiguration was = store.find(RUN_ID).map(Run::promoteAlias).orElse(null);
        return was != null && world.isAsAtFirst(was);
    }

    private void checkForeign(RecorderOutput end) {
        Promotion promotion = end.output() == null ? null : end.output().promotion();
        String said = end.cause() + " " + (promotion == null ? "" : promotion.reason());
        String polluted = world.pollutedVersion();
        if (polluted != null && !said.contains("version " + polluted)) {
            problems.add("S10 nobody heard of the polluted version " + polluted + ": " + said);
        }
        boolean known = isKnownBefore();
        if (world.isDeployedBeforeMove() && known && setup.promotes() && end.outcome() == Outcome.PROMOTED) {
            problems.add("S6 promoted what was measured before somebody deployed");
        }
        if (world.isDeployedBeforeMove() && known && end.success() && !said.contains("somebody")) {
            problems.add("S6 nobody heard of the deployment: " + said);
        }
    }

    /** Whether the run began on what was there at first, and not on what somebody deployed before. */
    private boolean isKnownBefore() {
        FunctionConfiguration before = store.find(RUN_ID).map(Run::before).orElse(null);
        return before != null && !world.hasPresentCode(before);
    }
}
