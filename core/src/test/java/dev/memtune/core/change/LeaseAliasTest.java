// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.memtune.core.failure.Busy;
import dev.memtune.core.failure.Conflicted;
import dev.memtune.core.port.InMemoryLambda;
import dev.memtune.core.port.InMemoryRunStore;
import dev.memtune.core.port.ModelFunction;
import dev.memtune.core.port.SampleRuns;
import dev.memtune.core.port.VirtualClock;
import dev.memtune.core.run.Lease;
import dev.memtune.core.run.LedgerEntry;
import dev.memtune.core.run.Run;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class LeaseAliasTest {
    private final VirtualClock clock = new VirtualClock();
    private final InMemoryLambda lambda = new InMemoryLambda(clock);
    private final ModelFunction function = lambda.add("work", 512);
    private final InMemoryRunStore store = new InMemoryRunStore();

    private LeaseAlias aliasOf(String runId) {
        Run run = SampleRuns.run(runId);
        store.create(run);
        return new LeaseAlias(
                lambda,
                "work",
                new Journal(store, clock, runId, 1, clock.instant().plusSeconds(3600)));
    }

    private Run run(String runId) {
        Run sample = SampleRuns.run(runId);
        return new Run(
                runId,
                sample.executionId(),
                sample.function(),
                sample.before(),
                sample.highestVersion(),
                null,
                sample.input(),
                1,
                clock.instant(),
                clock.instant().plus(Duration.ofMinutes(10)));
    }

    private Lease lease(String runId, Duration time) {
        return new Lease(runId, 1, clock.instant().plus(time), 512);
    }

    private Patience patience() {
        return Patience.of(clock, clock, Duration.ofSeconds(30));
    }

    private String description() {
        return Objects.requireNonNull(function.aliases().get(Lease.ALIAS)).description();
    }

    private String holder() {
        return Lease.parse(description()).orElseThrow().holder();
    }

    @Test
    void namesTheHolderAndTheEndToTheLoser() {
        aliasOf("first").take(lease("first", Duration.ofMinutes(10)), 512, patience());
        assertThatExceptionOfType(Busy.class)
                .isThrownBy(() -> aliasOf("second").take(lease("second", Duration.ofMinutes(10)), 512, patience()))
                .withMessageContaining("first")
                .withMessageContaining("2026-11-21T12:10:00Z");
        assertThat(holder()).isEqualTo("first");
    }

    @Test
    void isHarmlessToTakeTwice() {
        aliasOf("first").take(lease("first", Duration.ofMinutes(10)), 512, patience());
        aliasOf("first").take(lease("first", Duration.ofMinutes(20)), 512, patience());
        assertThat(Lease.parse(description()).orElseThrow().expiresAt()).isAfter(Instant.parse("2026-11-21T12:19:00Z"));
    }

    @Test
    void takesOverAfterTheEnd() {
        aliasOf("first").take(lease("first", Duration.ofMinutes(10)), 512, patience());
        clock.sleep(Duration.ofMinutes(10));
        aliasOf("second").take(lease("second", Duration.ofMinutes(10)), 512, patience());
        assertThat(holder()).isEqualTo("second");
    }

    @Test
    void doesNotTakeOverAFunctionLeftAtATrialSize() {
        aliasOf("first").take(lease("first", Duration.ofMinutes(10)), 512, patience());
        clock.sleep(Duration.ofMinutes(10));
        assertThatExceptionOfType(Busy.class)
                .isThrownBy(() -> aliasOf("second").take(lease("second", Duration.ofMinutes(10)), 1024, patience()))
                .withMessageContaining("memtune clean work");
    }

    @Test
    void releasesTheLease() {
        LeaseAlias alias = aliasOf("first");
        alias.take(lease("first", Duration.ofMinutes(10)), 512, patience());
        alias.release("first", patience());
        assertThat(function.aliases()).isEmpty();
    }

    @Test
    void renewsForTheStepsToo() {
        Run run = run("first");
        store.create(run);
        aliasOf("first").take(Lease.of(run), 512, patience());
        new LeaseRenewal(lambda, store, clock, clock).renew(run, 1, Duration.ofDays(2));
        clock.sleep(Duration.ofDays(1));
        Journal.of(store, clock, run, 1).append(LedgerEntry.of(LedgerEntry.Kind.RESTORE_INTENT));
        assertThat(holder()).isEqualTo("first");
    }

    @Test
    void writesNothingAfterTheEnd() {
        Run run = run("first");
        store.create(run);
        clock.sleep(Duration.ofDays(3650));
        Journal journal = Journal.of(store, clock, run, 1);
        assertThatExceptionOfType(Conflicted.class)
                .isThrownBy(() -> journal.append(LedgerEntry.of(LedgerEntry.Kind.RESTORE_INTENT)))
                .withMessageContaining("start again");
    }
}
