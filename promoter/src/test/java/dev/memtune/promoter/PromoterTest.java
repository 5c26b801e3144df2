// SPDX-License-Identifier: Apache-2.0
package dev.memtune.promoter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.memtune.core.change.StartedRun;
import dev.memtune.core.failure.Conflicted;
import dev.memtune.core.failure.NotTunable;
import dev.memtune.core.function.FunctionConfiguration;
import dev.memtune.core.function.FunctionReference;
import dev.memtune.core.function.ProvisionedConcurrency;
import dev.memtune.core.port.CallHook;
import dev.memtune.core.port.LambdaFault;
import dev.memtune.core.run.Arm;
import dev.memtune.core.run.Lease;
import dev.memtune.core.run.LedgerEntry;
import dev.memtune.core.run.LedgerEntry.Kind;
import dev.memtune.core.run.Rollback;
import dev.memtune.core.wire.Decision;
import dev.memtune.core.wire.Promotion;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PromoterTest {
    private final StartedRun started = new StartedRun();

    /** The user's version 1 behind {@code prod}. */
    private void userHasProd() {
        started.function.publish(null, null, "the user's");
        started.function.putAlias("prod", "1", "the user's", Map.of());
    }

    private Arm publish(int memoryMB) {
        started.function.editMemory(memoryMB);
        String version = started.function.publish(null, null, "memtune run=x").version();
        started.function.editMemory(512);
        return Arm.ofSize(memoryMB).publishedAs(version, "memtune-alias");
    }

    private Promotion promote(Arm best, boolean wanted) {
        return new Promoter(started.lambda, started.store, started.clock, started.clock, Duration.ofMinutes(4))
                .promote(new PromoterInput(started.ref(), new Decision(best, wanted)));
    }

    private String prod() {
        return Objects.requireNonNull(started.function.aliases().get("prod")).version();
    }

    @Test
    void movesTheAliasOnceHoweverOftenItIsCalled() {
        userHasProd();
        Arm best = publish(256 * 4);
        started.begin();
        Promotion first = promote(best, true);
        assertThat(first.status()).isEqualTo(Promotion.Status.PROMOTED);
        assertThat(first.fromVersion()).isEqualTo("1");
        assertThat(first.fromMemoryMB()).isEqualTo(512);
        assertThat(prod()).isEqualTo(best.version());
        assertThat(promote(best, true)).isEqualTo(first);
        assertThat(started.changes()).hasSize(1);
    }

    @Test
    void createsAnAliasThatIsNotThere() {
        Arm best = publish(1024);
        started.begin();
        Promotion promotion = promote(best, true);
        assertThat(promotion.status()).isEqualTo(Promotion.Status.PROMOTED);
        assertThat(promotion.fromVersion()).isNull();
        assertThat(prod()).isEqualTo(best.version());
    }

    @Test
    void keepsAnAliasThatServesTheBestSize() {
        userHasProd();
        Arm best = publish(1024);
        Arm own = Arm.ofSize(512).publishedAs("1", "memtune-alias");
        started.begin();
        assertThat(promote(own, true).status()).isEqualTo(Promotion.Status.KEPT);
        assertThat(started.changes()).isEmpty();
        assertThat(prod()).isNotEqualTo(best.version());
    }

    @Test
    void movesAnAliasThatServesTheBestSizeWithOtherCode() {
        userHasProd();
        started.function.editCode("code-2", "settings-1");
        Arm best = publish(512);
        started.begin();
        assertThat(promote(best, true).status()).isEqualTo(Promotion.Status.PROMOTED);
    }

    @Test
    void changesNothingUnlessAsked() {
        userHasProd();
        Arm best = publish(1024);
        started.begin();
        assertThat(promote(best, false).status()).isEqualTo(Promotion.Status.SKIPPED);
        assertThat(started.changes()).isEmpty();
    }

    @Test
    void tellsOfADeploymentAlthoughNothingIsPromoted() {
        Arm best = publish(1024);
        started.begin();
        started.function.editCode("code-2", "settings-1");
        assertThat(promote(best, false).reason()).contains("somebody deployed");
        started.lambda.hook(CallHook.before(call -> {
            throw new LambdaFault.Denied("not authorized", null);
        }));
        assertThat(promote(best, false).reason()).contains("could not be read");
    }

    @Test
    void refusesAfterADeployment() {
        userHasProd();
        Arm best = publish(1024);
        started.begin();
        started.function.editCode("code-2", "settings-1");
        assertConflict(best, "somebody deployed");
    }

    @Test
    void refusesAnAliasThatSomebodyMoved() {
        userHasProd();
        Arm best = publish(1024);
        started.begin();
        started.function.putAlias("prod", "1", "moved and moved back", Map.of());
        assertConflict(best, "somebody else changed the alias prod");
    }

    @Test
    void refusesAnAliasThatSplitsItsCallsNow() {
        userHasProd();
        Arm best = publish(1024);
        started.begin();
        started.function.putAlias("prod", "1", "a deployment", Map.of("2", 0.1));
        assertConflict(best, "prod");
    }

    @Test
    void refusesAnAliasThatSomebodyCreatedMeanwhile() {
        Arm best = publish(1024);
        started.begin();
        started.function.putAlias("prod", "1", "the user's", Map.of());
        started.function.putAlias("prod", Objects.requireNonNull(best.version()), "the user's", Map.of());
        assertConflict(best, "prod");
    }

    @Test
    void refusesAVersionThatIsNotActive() {
        userHasProd();
        started.function.activationTime(Duration.ofHours(1));
        Arm best = publish(1024);
        started.begin();
        assertConflict(best, "Pending");
    }

    @Test
    void refusesAVersionOfAnotherSize() {
        userHasProd();
        Arm best = publish(1024);
        started.begin();
        assertConflict(Arm.ofSize(2048).publishedAs(Objects.requireNonNull(best.version()), "a"), "1024 MB");
    }

    private void assertConflict(Arm best, String message) {
        String before = prodOrNothing();
        assertThatExceptionOfType(Conflicted.class)
                .isThrownBy(() -> promote(best, true))
                .withMessageContaining(message);
        assertThat(prodOrNothing()).isEqualTo(before);
        assertThat(started.changes()).isEmpty();
    }

    private String prodOrNothing() {
        return started.function.aliases().containsKey("prod") ? prod() : "nothing";
    }

    @Test
    void seesThatAMoveTookEffectAlthoughTheAnswerWasLost() {
        userHasProd();
        Arm best = publish(1024);
        started.begin();
        AtomicInteger moves = new AtomicInteger();
        started.lambda.hook(CallHook.after(call -> {
            if (call.action().equals("UpdateAlias") && moves.getAndIncrement() == 0) {
                throw new LambdaFault.OutcomeUnknown("500", null);
            }
        }));
        assertThat(promote(best, true).status()).isEqualTo(Promotion.Status.PROMOTED);
        assertThat(moves).hasValue(1);
        assertThat(started.ledger().has(Kind.PROMOTED)).isTrue();
    }

    @Test
    void leavesTheAliasToWhoeverMovedItInTheLastGap() {
        userHasProd();
        Arm best = publish(1024);
        started.begin();
        started.lambda.hook(CallHook.before(call -> {
            if (call.action().equals("UpdateAlias")) {
                started.function.putAlias("prod", "1", "a rollback", Map.of());
            }
        }));
        assertThatExceptionOfType(Conflicted.class).isThrownBy(() -> promote(best, true));
        assertThat(prod()).isEqualTo("1");
    }

    @Test
    void endsASplitIfTheRunWasToldTo() {
        userHasProd();
        Arm best = publish(1024);
        started.function.putAlias("prod", "1", "a deployment", Map.of(Objects.requireNonNull(best.version()), 0.1));
        started.begin();
        assertThat(promote(best, true).status()).isEqualTo(Promotion.Status.PROMOTED);
        assertThat(Objects.requireNonNull(started.function.aliases().get("prod"))
                        .isWeighted())
                .isFalse();
    }

    @Test
    void waitsForTheEnvironmentsThatAreKeptReady() {
        userHasProd();
        started.function.provision("prod", 5, Duration.ofSeconds(90));
        Arm best = publish(1024);
        started.begin();
        Instant before = started.clock.instant();
        assertThat(promote(best, true).reason()).isEqualTo("the best size was measured on this version");
        assertThat(Duration.between(before, started.clock.instant()))
                .isBetween(Duration.ofSeconds(90), Duration.ofSeconds(100));
    }

    @Test
    void saysThatEnvironmentsWereNotReadyInTimeOrFailed() {
        userHasProd();
        started.function.provision("prod", 5, Duration.ofHours(1));
        Arm best = publish(1024);
        started.begin();
        assertThat(promote(best, true).reason()).contains("was not ready");
        assertThat(prod()).isEqualTo(best.version());
        started.function.provisionedConcurrency("prod", new ProvisionedConcurrency("FAILED", 5, 0, "no capacity"));
        started.function.provision("prod", 5, Duration.ZERO);
        started.function.provisionedConcurrency("prod", new ProvisionedConcurrency("FAILED", 5, 0, "no capacity"));
        started.clock.sleep(Duration.ofHours(1));
        assertThat(promote(best, true).reason()).contains("no capacity");
    }

    @Test
    void keepsTheWayBack() {
        userHasProd();
        Arm best = publish(1024);
        started.begin();
        promote(best, true);
        Rollback note = note("prod");
        assertThat(note.from()).isEqualTo(new Rollback.Place("1", 512, null));
        assertThat(note.to().version()).isEqualTo(best.version());
        assertThat(note.runId()).isEqualTo(StartedRun.RUN_ID);
    }

    private Rollback note(String target) {
        return started.store
                .rollback(started.function.latest().functionArn(), target)
                .orElseThrow();
    }

    @Test
    void givesUpTheVersionThatNoRollbackGoesBackToAnyMore() {
        userHasProd();
        Arm best = publish(1024);
        Rollback.Place own = new Rollback.Place("7", 256, "memtune run=older size=256 nonce=1");
        Rollback.Place served = new Rollback.Place("1", 512, "memtune run=old size=512 nonce=1");
        started.store.putRollback(new Rollback(
                started.function.latest().functionArn(), "prod", "old", own, served, started.clock.instant()));
        started.clock.sleep(Duration.ofSeconds(1));
        started.begin();
        promote(best, true);
        assertThat(note("prod").from()).isEqualTo(served);
        assertThat(started.ledger().ownVersions()).containsEntry("7", "memtune run=older size=256 nonce=1");
    }

    @Test
    void writesTheSizeToLatestWhereNoAliasIsNamed() {
        Arm best = publish(1024);
        started.begin("\"autoOptimize\":true");
        Promotion first = promote(best, true);
        assertThat(first.status()).isEqualTo(Promotion.Status.PROMOTED);
        assertThat(first.alias()).isEqualTo("$LATEST");
        assertThat(first.fromMemoryMB()).isEqualTo(512);
        assertThat(first.toMemoryMB()).isEqualTo(1024);
        assertThat(started.function.latest().memoryMB()).isEqualTo(1024);
        assertThat(note("$LATEST").from()).isEqualTo(new Rollback.Place("$LATEST", 512, null));
        assertThat(promote(best, true)).isEqualTo(first);
        assertThat(started.changes()).hasSize(1);
        assertThat(started.ledger().trialSizes()).isEmpty();
    }

    @Test
    void doesNotWriteOverWhatSomebodyElseWrote() {
        Arm best = publish(1024);
        started.begin("\"autoOptimize\":true");
        started.function.editMemory(640);
        assertThatExceptionOfType(Conflicted.class)
                .isThrownBy(() -> promote(best, true))
                .withMessageContaining("somebody else");
        assertThat(started.function.latest().memoryMB()).isEqualTo(640);
        assertThat(started.changes()).isEmpty();
    }

    @Test
    void promotesTheFunctionsOwnLogLevel() {
        started.function.editLogLevel("WARN");
        userHasProd();
        started.function.editLogLevel("INFO");
        Arm best = publish(1024);
        started.function.editLogLevel("WARN");
        started.begin();
        Promotion promotion = promote(best, true);
        assertThat(promotion.reason()).contains("version " + best.version()).contains("log level");
        assertThat(prod()).isEqualTo(promotion.toVersion()).isNotEqualTo(best.version());
        FunctionConfiguration served = started.function.configuration(prod());
        assertThat(served.systemLogLevel()).isEqualTo("WARN");
        assertThat(served.memoryMB()).isEqualTo(1024);
        assertThat(started.function.latest().memoryMB()).isEqualTo(512);
        assertThat(promote(best, true)).isEqualTo(promotion);
    }

    private Promotion rollBack(String target) {
        return new Reverter(started.lambda, started.store, started.clock, started.clock, Duration.ofMinutes(5))
                .rollBack(
                        "rollback-1",
                        FunctionReference.parse(StartedRun.FUNCTION).orElseThrow(),
                        target);
    }

    private void endRun() {
        started.store.append(StartedRun.RUN_ID, 1, LedgerEntry.of(Kind.CLEANED));
        started.function.deleteAlias(Lease.ALIAS);
    }

    @Test
    void goesBackAndForthOnAPromotion() {
        userHasProd();
        Arm best = publish(1024);
        started.begin();
        promote(best, true);
        endRun();
        Promotion back = rollBack("prod");
        assertThat(prod()).isEqualTo("1");
        assertThat(back.fromVersion()).isEqualTo(best.version());
        assertThat(back.toMemoryMB()).isEqualTo(512);
        assertThat(started.function.aliases()).containsKey(Lease.ALIAS);
        started.function.deleteAlias(Lease.ALIAS);
        Reverter again =
                new Reverter(started.lambda, started.store, started.clock, started.clock, Duration.ofMinutes(5));
        again.rollBack(
                "rollback-2", FunctionReference.parse(StartedRun.FUNCTION).orElseThrow(), "prod");
        assertThat(prod()).isEqualTo(best.version());
    }

    @Test
    void goesBackOnWhatWasWrittenToLatest() {
        Arm best = publish(1024);
        started.begin("\"autoOptimize\":true");
        promote(best, true);
        endRun();
        assertThat(rollBack("$LATEST").toMemoryMB()).isEqualTo(512);
        assertThat(started.function.latest().memoryMB()).isEqualTo(512);
    }

    @Test
    void doesNotGoBackWhereSomebodyElseWentOn() {
        userHasProd();
        Arm best = publish(1024);
        started.begin();
        promote(best, true);
        endRun();
        started.function.putAlias("prod", "1", "the user's", Map.of());
        assertThatExceptionOfType(Conflicted.class)
                .isThrownBy(() -> rollBack("prod"))
                .withMessageContaining("somebody else moved it since");
        assertThat(prod()).isEqualTo("1");
    }

    @Test
    void doesNotGoBackToAVersionThatIsGone() {
        userHasProd();
        Arm best = publish(1024);
        started.begin();
        promote(best, true);
        endRun();
        started.function.deleteVersion("1");
        assertThatExceptionOfType(Conflicted.class)
                .isThrownBy(() -> rollBack("prod"))
                .withMessageContaining("is gone");
        assertThat(prod()).isEqualTo(best.version());
    }

    @Test
    void hasNothingToGoBackToWithoutAPromotionOrWhereItMadeTheAlias() {
        assertThatExceptionOfType(NotTunable.class)
                .isThrownBy(() -> rollBack("prod"))
                .withMessageContaining("nothing is known here");
        Arm best = publish(1024);
        started.begin();
        promote(best, true);
        endRun();
        assertThatExceptionOfType(NotTunable.class)
                .isThrownBy(() -> rollBack("prod"))
                .withMessageContaining("delete-alias");
        assertThat(prod()).isEqualTo(best.version());
    }
}
