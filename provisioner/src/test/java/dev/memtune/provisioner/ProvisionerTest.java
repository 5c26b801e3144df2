// SPDX-License-Identifier: Apache-2.0
package dev.memtune.provisioner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.memtune.core.change.DeploymentLease;
import dev.memtune.core.function.AliasConfiguration;
import dev.memtune.core.port.InMemoryLambda;
import dev.memtune.core.port.LambdaFault;
import dev.memtune.core.port.ModelFunction;
import dev.memtune.core.port.VirtualClock;
import dev.memtune.core.registry.AlgorithmItem;
import dev.memtune.core.registry.AlgorithmStatus;
import dev.memtune.core.registry.Arrival;
import dev.memtune.core.registry.ExecutionName;
import dev.memtune.core.registry.InMemoryAlgorithmStacks;
import dev.memtune.core.registry.InMemoryRegistry;
import dev.memtune.core.registry.ItemChange;
import dev.memtune.core.registry.Items;
import dev.memtune.core.registry.TuningSummary;
import dev.memtune.core.run.Lease;
import dev.memtune.core.wire.AlgorithmType;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProvisionerTest {
    private static final String NAME = "alpha";
    private static final int LOOKS_MAX = 5_000;

    private final VirtualClock clock = new VirtualClock();
    private final InMemoryLambda lambda = new InMemoryLambda(clock);
    private final InMemoryRegistry registry = new InMemoryRegistry();
    private final InMemoryAlgorithmStacks stacks = new InMemoryAlgorithmStacks();
    private final Provisioner provisioner =
            new Provisioner(registry, stacks, new DeploymentLease(lambda, clock), ProvisionerLimits.DEFAULT, clock);

    private AlgorithmItem item() {
        return registry.find(NAME).orElseThrow();
    }

    /** Writes the item's next state and tells of it. */
    private Optional<Later> written(AlgorithmItem next) {
        assertThat(registry.put(next)).isTrue();
        return provisioner.see(registry.stream().getLast());
    }

    private Optional<Later> uploaded() {
        return written(Items.uploaded(NAME));
    }

    private AlgorithmItem second() {
        return item().uploaded(Items.upload(NAME, "v2", "0B"), Items.checked(NAME), Items.NOW);
    }

    private Optional<Later> lookedAt(Optional<Later> later) {
        Later due = later.orElseThrow();
        clock.sleep(due.after());
        return provisioner.look(due.look());
    }

    /** Looks until nothing is left to do. */
    private void lookedAtToTheEnd(Optional<Later> later) {
        Optional<Later> next = later;
        for (int look = 0; next.isPresent(); look++) {
            assertThat(look).isLessThan(LOOKS_MAX);
            next = lookedAt(next);
        }
    }

    /** An algorithm that was deployed and promoted, with its function. */
    private ModelFunction promoted(AlgorithmType type) {
        Arrival arrival = new Arrival.Checked(Items.content(NAME, type));
        Optional<Later> later = written(AlgorithmItem.first(NAME, Items.upload(NAME, "v1", "0A"), arrival, Items.NOW));
        stacks.succeed(NAME);
        assertThat(lookedAt(later)).isEmpty();
        ModelFunction function = lambda.add(NAME, 512);
        TuningSummary summary = Items.summary("arn", "512 MB: cheaper");
        registry.put(item().tuned(AlgorithmStatus.PROMOTED, summary, Items.NOW));
        return function;
    }

    private ItemChange last() {
        return registry.stream().getLast();
    }

    @Test
    void bringsAnUploadToReady() {
        Optional<Later> later = uploaded();
        assertThat(stacks.begun()).containsExactly("deploy " + ExecutionName.of(item()));

        later = lookedAt(later);
        assertThat(item().status()).isEqualTo(AlgorithmStatus.UPLOADED);

        stacks.succeed(NAME);
        assertThat(lookedAt(later)).isEmpty();
        assertThat(item().status()).isEqualTo(AlgorithmStatus.READY);
    }

    @Test
    void rejectsWithEveryReasonOfTheStack() {
        Optional<Later> later = uploaded();
        stacks.fail(NAME, List.of("Function: no such layer", "FunctionRole: no such boundary"));

        assertThat(lookedAt(later)).isEmpty();
        assertThat(item().status()).isEqualTo(AlgorithmStatus.REJECTED);
        assertThat(item().problems()).containsExactly("Function: no such layer", "FunctionRole: no such boundary");
    }

    @Test
    void isHarmlessWhenToldTwiceAndLate() {
        Optional<Later> later = uploaded();
        Optional<Later> again = provisioner.see(last());
        stacks.succeed(NAME);
        lookedAtToTheEnd(later);
        lookedAtToTheEnd(again);
        assertThat(provisioner.see(registry.stream().getFirst())).isEmpty();

        assertThat(stacks.begun()).hasSize(1);
        assertThat(item().revision()).isEqualTo(2);
    }

    @Test
    void doesNothingAboutItsOwnAndOthersSteps() {
        lookedAt(uploaded());
        stacks.succeed(NAME);
        lookedAtToTheEnd(provisioner.see(last()));

        assertThat(provisioner.see(last())).isEmpty();
        assertThat(written(item().moved(AlgorithmStatus.TUNING, "", Items.NOW))).isEmpty();
        assertThat(stacks.begun()).hasSize(1);
    }

    @Test
    void deploysTheLaterOfTwoUploads() {
        Optional<Later> first = uploaded();
        Optional<Later> second = written(second());
        assertThat(stacks.begun()).hasSize(1);

        stacks.succeed(NAME);
        second = lookedAt(second);
        assertThat(stacks.begun()).last().isEqualTo("deploy " + ExecutionName.of(item()));
        first = lookedAt(first);
        assertThat(item().status()).isEqualTo(AlgorithmStatus.UPLOADED);

        stacks.succeed(NAME);
        lookedAtToTheEnd(second);
        lookedAtToTheEnd(first);
        assertThat(item().status()).isEqualTo(AlgorithmStatus.READY);
        assertThat(item().upload().versionId()).isEqualTo("v2");
        assertThat(stacks.begun()).hasSize(2);
    }

    @Test
    void deploysALaterUploadAfterAFailedOne() {
        Optional<Later> first = uploaded();
        stacks.fail(NAME, List.of("Function: no such layer"));
        Optional<Later> second = written(second());
        assertThat(lookedAt(first)).isPresent();
        assertThat(item().status()).isEqualTo(AlgorithmStatus.UPLOADED);

        stacks.succeed(NAME);
        lookedAtToTheEnd(second);
        assertThat(item().status()).isEqualTo(AlgorithmStatus.READY);
    }

    @Test
    void looksAgainWhenSomebodyElseWroteMeanwhile() {
        InMemoryRegistry contended = new InMemoryRegistry();
        contended.put(Items.uploaded(NAME));
        OvertakenRegistry overtaken = new OvertakenRegistry(contended);
        Provisioner slow = new Provisioner(
                overtaken, stacks, new DeploymentLease(lambda, clock), ProvisionerLimits.DEFAULT, clock);
        Later later = slow.look(Look.first(NAME, clock.instant())).orElseThrow();
        stacks.succeed(NAME);
        overtaken.before(() -> {
            AlgorithmItem present = contended.find(NAME).orElseThrow();
            contended.put(present.uploaded(Items.upload(NAME, "v2", "0B"), Items.checked(NAME), Items.NOW));
        });

        Later next = slow.look(later.look()).orElseThrow();
        assertThat(contended.find(NAME).orElseThrow().status()).isEqualTo(AlgorithmStatus.UPLOADED);
        slow.look(next.look());
        assertThat(stacks.begun()).hasSize(2);
    }

    @Test
    void holdsAnExistingFunctionWhileItIsDeployed() {
        ModelFunction function = promoted(AlgorithmType.TRANSFORM);
        Optional<Later> later = written(second());
        assertThat(function.aliases()).containsKey(Lease.ALIAS);

        stacks.succeed(NAME);
        lookedAtToTheEnd(later);
        assertThat(function.aliases()).doesNotContainKey(Lease.ALIAS);
        assertThat(item().status()).isEqualTo(AlgorithmStatus.READY);
    }

    @Test
    void waitsForATuningThatHoldsTheFunction() {
        ModelFunction function = promoted(AlgorithmType.TRANSFORM);
        Lease tuning = new Lease("run1", 1, clock.instant().plus(Duration.ofHours(6)), 512);
        function.createAlias(Lease.ALIAS, "$LATEST", tuning.description());
        Optional<Later> later = lookedAt(lookedAt(written(second())));
        assertThat(stacks.begun()).hasSize(1);

        function.deleteAlias(Lease.ALIAS);
        later = lookedAt(later);
        assertThat(stacks.begun()).hasSize(2);
        stacks.succeed(NAME);
        lookedAtToTheEnd(later);
        assertThat(item().status()).isEqualTo(AlgorithmStatus.READY);
    }

    @Test
    void failsWhenItsTurnDoesNotCome() {
        ModelFunction function = promoted(AlgorithmType.TRANSFORM);
        function.createAlias(Lease.ALIAS, "$LATEST", "somebody's own");
        lookedAtToTheEnd(written(second()));

        assertThat(item().status()).isEqualTo(AlgorithmStatus.FAILED);
        assertThat(item().problems()).singleElement().asString().contains("its turn did not come", "memtune-lease");
        assertThat(stacks.begun()).hasSize(1);
    }

    @Test
    void failsWhenTheStackDoesNotStopChanging() {
        lookedAtToTheEnd(uploaded());

        assertThat(item().status()).isEqualTo(AlgorithmStatus.FAILED);
        assertThat(item().problems()).containsExactly("alpha was not deployed: its stack is still changing");
        assertThat(clock.instant())
                .isBetween(
                        VirtualClock.START.plus(Duration.ofMinutes(60)),
                        VirtualClock.START.plus(Duration.ofMinutes(62)));
    }

    @Test
    void givesTheFunctionBackOnceTheStackOfAFailedDeploymentIsStill() {
        ModelFunction function = promoted(AlgorithmType.TRANSFORM);
        lookedAtToTheEnd(written(second()));
        assertThat(item().status()).isEqualTo(AlgorithmStatus.FAILED);
        Optional<Later> later = lookedAt(provisioner.see(last()));
        assertThat(function.aliases()).containsKey(Lease.ALIAS);

        stacks.fault(new LambdaFault.Throttled("too many", "", null, null));
        later = lookedAt(later);
        stacks.fault(null);
        stacks.succeed(NAME);
        lookedAtToTheEnd(later);
        assertThat(function.aliases()).doesNotContainKey(Lease.ALIAS);
    }

    @Test
    void leavesTheLeaseOfAStackThatNeverStopsToItsOwnEnd() {
        ModelFunction function = promoted(AlgorithmType.TRANSFORM);
        lookedAtToTheEnd(written(second()));
        lookedAtToTheEnd(provisioner.see(last()));

        AliasConfiguration held = Objects.requireNonNull(function.aliases().get(Lease.ALIAS));
        Lease lease = Lease.parse(held.description()).orElseThrow();
        assertThat(lease.expiresAt()).isBefore(clock.instant());
    }

    @Test
    void waitsOutFaultsThatPass() {
        stacks.fault(new LambdaFault.Throttled("too many", "", null, null));
        Optional<Later> later = uploaded();
        stacks.fault(null);
        later = lookedAt(later);
        stacks.succeed(NAME);
        lookedAtToTheEnd(later);

        assertThat(item().status()).isEqualTo(AlgorithmStatus.READY);
    }

    @Test
    void failsWithAFaultThatDoesNotPassInTime() {
        stacks.fault(new LambdaFault.OutcomeUnknown("no answer from CloudFormation", null));
        lookedAtToTheEnd(uploaded());

        assertThat(item().problems()).containsExactly("alpha was not deployed: no answer from CloudFormation");
    }

    @Test
    void tellsTheAlgorithmsFaultsFromItsOwn() {
        stacks.fault(new LambdaFault.Refused("the template is too large", "ValidationError", null));
        assertThat(uploaded()).isEmpty();
        assertThat(item().status()).isEqualTo(AlgorithmStatus.REJECTED);

        stacks.fault(new LambdaFault.Denied("not authorized to perform cloudformation:CreateStack", null));
        assertThat(written(item().retried(Items.NOW))).isEmpty();
        assertThat(item().status()).isEqualTo(AlgorithmStatus.FAILED);
        assertThat(item().problems()).singleElement().asString().contains("not authorized");
    }

    @Test
    void connectsAQueueAtThePromotionAndNotBefore() {
        promoted(AlgorithmType.IN);
        assertThat(stacks.begun()).noneMatch(change -> change.startsWith("connect"));

        Optional<Later> later = provisioner.see(last());
        assertThat(stacks.begun()).last().isEqualTo("connect alpha");
        stacks.succeed(NAME);
        lookedAtToTheEnd(later);
        assertThat(provisioner.see(last())).isEmpty();
        assertThat(stacks.begun()).filteredOn("connect alpha"::equals).hasSize(1);
    }

    @Test
    void connectsNothingThatHasNeverBeenPromoted() {
        Arrival arrival = new Arrival.Checked(Items.content(NAME, AlgorithmType.IN));
        Optional<Later> later = written(AlgorithmItem.first(NAME, Items.upload(NAME, "v1", "0A"), arrival, Items.NOW));
        stacks.succeed(NAME);
        lookedAt(later);
        TuningSummary summary = Items.summary("arn", "a test fails");

        assertThat(written(item().tuned(AlgorithmStatus.REJECTED, summary, Items.NOW)))
                .isEmpty();
        assertThat(stacks.begun()).noneMatch(change -> change.startsWith("connect"));
    }

    @Test
    void triesAConnectionAgainAndThenTellsWhoeverRunsIt() {
        promoted(AlgorithmType.IN);
        stacks.fault(new LambdaFault.Throttled("too many", "", null, null));
        Optional<Later> later = provisioner.see(last());

        assertThatExceptionOfType(NotProvisioned.class)
                .isThrownBy(() -> lookedAtToTheEnd(later))
                .withMessageContaining("alpha is promoted, and its queue is not connected: too many");
        stacks.fault(null);
        Look late = later.orElseThrow().look();
        assertThatExceptionOfType(NotProvisioned.class).isThrownBy(() -> provisioner.look(late));
        stacks.succeed(NAME);
        assertThat(provisioner.look(late)).isEmpty();
    }

    @Test
    void removesTheStackOfARemovedItemEvenWhileItChanges() {
        Optional<Later> deployment = uploaded();
        registry.remove(NAME, 1);
        Optional<Later> removal = lookedAt(provisioner.see(last()));
        assertThat(stacks.begun()).hasSize(1);

        stacks.succeed(NAME);
        removal = lookedAt(removal);
        assertThat(stacks.begun()).last().isEqualTo("remove alpha");
        stacks.succeed(NAME);
        lookedAtToTheEnd(removal);
        lookedAtToTheEnd(deployment);
        assertThat(stacks.begun()).hasSize(2);
    }

    @Test
    void removesAfterTheTuningThatHoldsTheFunction() {
        ModelFunction function = promoted(AlgorithmType.TRANSFORM);
        Lease tuning = new Lease("run1", 1, clock.instant().plus(Duration.ofHours(6)), 512);
        function.createAlias(Lease.ALIAS, "$LATEST", tuning.description());
        registry.remove(NAME, item().revision());
        lookedAtToTheEndOfTheTuning(provisioner.see(last()));

        assertThat(stacks.begun()).last().isEqualTo("remove alpha");
        assertThat(clock.instant()).isAfterOrEqualTo(tuning.expiresAt());
    }

    private void lookedAtToTheEndOfTheTuning(Optional<Later> later) {
        Optional<Later> next = later;
        while (next.isPresent() && stacks.begun().size() == 1) {
            next = lookedAt(next);
        }
    }

    @Test
    void tellsWhoeverRunsItOfAStackThatCannotBeRemoved() {
        Optional<Later> later = uploaded();
        stacks.succeed(NAME);
        registry.remove(NAME, 1);
        later = lookedAt(later);
        stacks.fail(NAME, List.of("Function: is in use"));
        Optional<Later> removal = later;

        assertThatExceptionOfType(NotProvisioned.class)
                .isThrownBy(() -> {
                    Optional<Later> next = removal;
                    for (int look = 0; look < LOOKS_MAX; look++) {
                        next = lookedAt(next);
                        stacks.fail(NAME, List.of("Function: is in use"));
                    }
                })
                .withMessageContaining("the item of alpha was removed, and its function was not: Function: is in use");
    }

    @Test
    void deploysAnewWhatIsUploadedDuringItsRemoval() {
        lookedAt(uploaded());
        stacks.succeed(NAME);
        registry.remove(NAME, 1);
        Optional<Later> removal = provisioner.see(last());
        Optional<Later> upload = uploaded();
        stacks.succeed(NAME);
        upload = lookedAt(upload);
        stacks.succeed(NAME);
        lookedAtToTheEnd(upload);
        lookedAtToTheEnd(removal);

        assertThat(item().status()).isEqualTo(AlgorithmStatus.READY);
    }
}
