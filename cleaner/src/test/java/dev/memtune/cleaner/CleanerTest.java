// SPDX-License-Identifier: Apache-2.0
package dev.memtune.cleaner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.memtune.core.change.StartedRun;
import dev.memtune.core.function.FunctionConfiguration;
import dev.memtune.core.port.CallHook;
import dev.memtune.core.port.InMemoryTuningSlots;
import dev.memtune.core.port.LambdaFault;
import dev.memtune.core.port.SampleRuns;
import dev.memtune.core.run.Arm;
import dev.memtune.core.run.Lease;
import dev.memtune.core.run.LedgerEntry;
import dev.memtune.core.run.LedgerEntry.Kind;
import dev.memtune.core.run.Marker;
import dev.memtune.core.run.Rollback;
import dev.memtune.core.run.RunIds;
import dev.memtune.core.run.StaleToken;
import dev.memtune.core.wire.Json;
import dev.memtune.core.wire.Promotion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CleanerTest {
    private final StartedRun started = new StartedRun();

    private final Cleaner cleaner =
            new Cleaner(started.lambda, started.store, started.clock, started.clock, CleanerLimits.DEFAULT);

    private void write(LedgerEntry entry) {
        started.store.append(StartedRun.RUN_ID, 1, entry);
    }

    /** Leaves a trial size in {@code $LATEST} and a version with an alias, all as the ledger says. */
    private String leaveHalfARun() {
        Arm arm = Arm.ofSize(256);
        FunctionConfiguration latest = started.function.latest();
        write(LedgerEntry.memory(Kind.MEMORY_INTENT, arm.id(), 256, latest.revisionId()));
        started.function.editMemory(256);
        write(LedgerEntry.memory(
                Kind.MEMORY_SET, arm.id(), 256, started.function.latest().revisionId()));
        String marker = Marker.ofVersion(StartedRun.RUN_ID, 256, 1);
        write(new LedgerEntry(Kind.PUBLISH_INTENT, arm.id(), 256, null, null, marker, null));
        String version = started.function.publish(null, null, marker).version();
        write(LedgerEntry.version(Kind.PUBLISHED, arm, version, marker));
        String alias = Marker.aliasName(StartedRun.RUN_ID, Arm.ofSize(256), 0);
        write(LedgerEntry.alias(Kind.ALIAS_INTENT, arm.id(), alias, version));
        started.function.createAlias(alias, version, Marker.ofAlias(StartedRun.RUN_ID));
        write(LedgerEntry.alias(Kind.ALIAS_CREATED, arm.id(), alias, version));
        return version;
    }

    private CleanerOutput clean() {
        return cleaner.clean(new CleanerInput("execution", Json.mapper().createObjectNode()));
    }

    private void assertCleaned() {
        assertThat(started.function.latest().memoryMB()).isEqualTo(512);
        assertThat(started.function.aliases().keySet()).noneMatch(name -> name.startsWith("memtune-"));
        assertThat(started.function.versions())
                .noneMatch(version -> version.description().startsWith("memtune run="));
        assertThat(started.store.unfinished()).isEmpty();
    }

    /** Every run id of a {@link StartedRun} belongs to this execution, so that Clean finds it by a sweep. */
    private List<CleanerOutput> sweep() {
        return cleaner.sweep(run -> true);
    }

    @Test
    void undoesWhatTheLedgerSays() {
        started.begin();
        leaveHalfARun();
        assertThat(sweep()).singleElement().satisfies(output -> assertThat(output.clean())
                .isTrue());
        assertCleaned();
    }

    @Test
    void doesNothingTheSecondTime() {
        started.begin();
        leaveHalfARun();
        sweep();
        int calls = started.lambda.calls().size();
        assertThat(sweep()).isEmpty();
        assertThat(started.lambda.calls()).hasSize(calls);
    }

    @Test
    void doesNothingForAnExecutionThatHasNoRun() {
        assertThat(clean().function()).isNull();
        assertThat(started.lambda.calls()).isEmpty();
    }

    @Test
    void touchesNothingForALoser() {
        started.function.putAlias(Lease.ALIAS, "$LATEST", "", Map.of());
        started.function.deleteAlias(Lease.ALIAS);
        started.begin();
        String others = new Lease("other", 1, started.clock.instant().plus(Duration.ofHours(1)), 512).description();
        started.function.putAlias(Lease.ALIAS, "$LATEST", others, Map.of());
        sweep();
        assertThat(started.changes()).isEmpty();
        assertThat(Objects.requireNonNull(started.function.aliases().get(Lease.ALIAS))
                        .description())
                .isEqualTo(others);
    }

    @Test
    void leavesEverythingToWhoeverHoldsTheFunctionNow() {
        started.begin();
        leaveHalfARun();
        String others = new Lease("other", 1, started.clock.instant().plus(Duration.ofHours(1)), 512).description();
        started.function.putAlias(Lease.ALIAS, "$LATEST", others, Map.of());
        assertThat(sweep()).singleElement().satisfies(output -> assertThat(output.dirty())
                .singleElement()
                .asString()
                .contains("other")
                .contains("memtune clean"));
        assertThat(started.function.latest().memoryMB()).isEqualTo(256);
        assertThat(started.store.unfinished()).hasSize(1);
    }

    @Test
    void keepsWhatWasPromoted() {
        started.begin();
        String version = leaveHalfARun();
        write(LedgerEntry.alias(Kind.PROMOTE_INTENT, null, "prod", version));
        started.function.putAlias("prod", version, "the user's", Map.of());
        CleanerOutput output = sweep().getFirst();
        assertThat(Objects.requireNonNull(output.promotion()).status()).isEqualTo(Promotion.Status.PROMOTED);
        assertThat(started.function.configuration(version).memoryMB()).isEqualTo(256);
        assertThat(started.function.latest().memoryMB()).isEqualTo(512);
    }

    @Test
    void keepsAVersionThatSomebodyPutAnAliasOn() {
        started.begin();
        String version = leaveHalfARun();
        started.function.putAlias("canary", version, "somebody's", Map.of());
        assertThat(sweep().getFirst().clean()).isTrue();
        assertThat(started.function.aliases()).containsKey("canary");
        assertThat(started.function.configuration(version).memoryMB()).isEqualTo(256);
    }

    @Test
    void findsAVersionWhoseAnswerNeverCame() {
        started.begin();
        String marker = Marker.ofVersion(StartedRun.RUN_ID, 512, 1);
        write(new LedgerEntry(Kind.PUBLISH_INTENT, "m512", 512, null, null, marker, null));
        started.function.publish(null, null, marker);
        sweep();
        assertCleaned();
    }

    @Test
    void neverDeletesAVersionForItsNameAlone() {
        String marker = Marker.ofVersion(StartedRun.RUN_ID, 512, 1);
        String old = started.function.publish(null, null, marker).version();
        started.begin();
        write(new LedgerEntry(Kind.PUBLISH_INTENT, "m512", 512, null, null, marker, null));
        sweep();
        assertThat(started.function.configuration(old).description()).isEqualTo(marker);
    }

    @Test
    void leavesASizeThatSomebodyElseSet() {
        started.begin();
        leaveHalfARun();
        started.function.editMemory(768);
        assertThat(sweep().getFirst().clean()).isTrue();
        assertThat(started.function.latest().memoryMB()).isEqualTo(768);
    }

    @Test
    void goesOnAfterAnErrorAndSaysWhatIsLeft() {
        started.begin();
        leaveHalfARun();
        started.lambda.hook(CallHook.before(call -> {
            if (call.action().equals("DeleteFunction")) {
                throw new LambdaFault.Denied("not authorized to perform lambda:DeleteFunction", null);
            }
        }));
        CleanerOutput output = sweep().getFirst();
        assertThat(output.dirty()).singleElement().asString().contains("lambda:DeleteFunction");
        assertThat(started.function.latest().memoryMB()).isEqualTo(512);
        assertThat(started.function.aliases()).containsKey(Lease.ALIAS);
        started.lambda.hook(CallHook.NONE);
        assertThat(sweep().getFirst().clean()).isTrue();
        assertCleaned();
    }

    @Test
    void isDoneWhenTheFunctionIsGone() {
        started.begin();
        leaveHalfARun();
        started.lambda.hook(CallHook.before(call -> {
            throw new LambdaFault.NotFound("Function not found", null);
        }));
        assertThat(sweep().getFirst().clean()).isTrue();
        assertThat(started.store.unfinished()).isEmpty();
    }

    @Test
    void letsTheRunChangeNothingMore() {
        started.begin();
        leaveHalfARun();
        sweep();
        assertThatExceptionOfType(StaleToken.class).isThrownBy(() -> write(LedgerEntry.of(Kind.LEASE_INTENT)));
    }

    @Test
    void recoversFromACrashBetweenAnyTwoCalls() {
        List<Integer> crashes = new ArrayList<>();
        for (int at = 1; at < 30; at++) {
            CleanerTest other = new CleanerTest();
            other.started.begin();
            other.leaveHalfARun();
            if (other.crashesAt(at)) {
                crashes.add(at);
            }
            other.started.lambda.hook(CallHook.NONE);
            other.sweep();
            other.assertCleaned();
        }
        assertThat(crashes).hasSizeGreaterThan(5);
    }

    private boolean crashesAt(int number) {
        AtomicInteger calls = new AtomicInteger();
        started.lambda.hook(CallHook.after(call -> {
            if (calls.incrementAndGet() == number) {
                throw new AssertionError("the process dies after " + call);
            }
        }));
        try {
            sweep();
            return false;
        } catch (AssertionError e) {
            return true;
        }
    }

    @Test
    void deletesTheVersionThatAnEarlierRunPromotedAndNobodyGoesBackToAnyMore() {
        String old = started.function
                .publish(null, null, "memtune run=older size=512 nonce=1")
                .version();
        started.begin();
        write(new LedgerEntry(Kind.SUPERSEDED, null, 512, old, null, "memtune run=older size=512 nonce=1", null));
        write(LedgerEntry.alias(Kind.ALIAS_INTENT, "m256", "memtune-none", old));
        sweep();
        assertCleaned();
    }

    @Test
    void writesTheWayBackThatPromoteDidNotComeToWrite() {
        started.function.publish(null, null, "the user's");
        started.function.putAlias("prod", "1", "", Map.of());
        started.begin();
        String version = leaveHalfARun();
        write(LedgerEntry.alias(Kind.PROMOTE_INTENT, null, "prod", version));
        started.function.updateAlias("prod", version, null, null);
        sweep();
        Rollback note = started.store
                .rollback(started.function.latest().functionArn(), "prod")
                .orElseThrow();
        assertThat(note.from()).isEqualTo(new Rollback.Place("1", 512, null));
        assertThat(note.to()).isEqualTo(new Rollback.Place(version, 256, Marker.ofVersion(StartedRun.RUN_ID, 256, 1)));
    }

    @Test
    void takesASizeBackThatWasNotYetAppliedForGood() {
        started.begin("\"autoOptimize\":true");
        write(LedgerEntry.memory(
                Kind.MEMORY_INTENT, "applied", 1024, started.function.latest().revisionId()));
        started.function.editMemory(1024);
        sweep();
        assertCleaned();
    }

    @Test
    void leavesASizeThatWasAppliedForGood() {
        started.begin("\"autoOptimize\":true");
        write(LedgerEntry.memory(
                Kind.MEMORY_INTENT, "applied", 1024, started.function.latest().revisionId()));
        started.function.editMemory(1024);
        write(LedgerEntry.memory(Kind.APPLIED, "applied", 1024, null));
        assertThat(sweep()).singleElement().satisfies(output -> assertThat(
                        Objects.requireNonNull(output.promotion()).toMemoryMB())
                .isEqualTo(1024));
        assertThat(started.function.latest().memoryMB()).isEqualTo(1024);
        assertThat(started.store.rollback(started.function.latest().functionArn(), "$LATEST"))
                .isPresent();
    }

    @Test
    void givesTheLogLevelBack() {
        started.function.editLogLevel("WARN");
        started.begin();
        leaveHalfARun();
        started.function.editLogLevel("INFO");
        sweep();
        assertCleaned();
        assertThat(started.function.latest().systemLogLevel()).isEqualTo("WARN");
    }

    @Test
    void givesBackTheSlotOfARunThatHasNoRecord() {
        InMemoryTuningSlots slots = new InMemoryTuningSlots(1, started.clock);
        slots.enter(RunIds.of("execution"), started.clock.instant().plusSeconds(60));
        cleaner.releasing(slots)
                .clean(new CleanerInput("execution", Json.mapper().createObjectNode()));
        assertThat(slots.inside()).isEmpty();
    }

    @Test
    void givesBackTheSlotOfARunThatWaitedItsTurn() {
        InMemoryTuningSlots slots = new InMemoryTuningSlots(1, started.clock);
        started.store.create(SampleRuns.run("waited"));
        slots.enter("waited", started.clock.instant().plusSeconds(60));
        cleaner.releasing(slots).sweep(run -> true);
        assertThat(slots.inside()).isEmpty();
    }
}
