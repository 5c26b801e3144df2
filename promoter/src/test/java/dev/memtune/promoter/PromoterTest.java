// SPDX-License-Identifier: Apache-2.0
package dev.memtune.promoter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.memtune.core.change.StartedRun;
import dev.memtune.core.failure.Conflicted;
import dev.memtune.core.port.CallHook;
import dev.memtune.core.port.LambdaFault;
import dev.memtune.core.run.Arm;
import dev.memtune.core.run.LedgerEntry.Kind;
import dev.memtune.core.wire.Decision;
import dev.memtune.core.wire.Promotion;
import java.time.Duration;
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
}
