// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.memtune.core.function.AliasConfiguration;
import dev.memtune.core.function.FunctionConfiguration;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What every {@link FunctionControl} does, against AWS, an emulator or memory. */
public abstract class FunctionControlContract {
    private static final String LATEST = FunctionConfiguration.LATEST;
    private static final int POLLS_MAX = 200;

    /** The control plane under test. */
    protected abstract FunctionControl control();

    /** The name of a function with 512 MB, settled, never published, without aliases; a fresh one per test. */
    protected abstract String function();

    /** How this suite waits between polls. */
    protected abstract Sleeper sleeper();

    /** Waits until no update is under way. */
    protected final FunctionConfiguration settled() throws InterruptedException {
        for (int poll = 0; poll < POLLS_MAX; poll++) {
            FunctionConfiguration now = control().configuration(function(), LATEST);
            if (now.isSettled() && now.isActive()) {
                return now;
            }
            sleeper().sleep(Duration.ofMillis(50));
        }
        throw new AssertionError("the function did not settle within " + POLLS_MAX + " polls");
    }

    private FunctionConfiguration publish(int memoryMB, String description) throws InterruptedException {
        control().updateMemory(function(), memoryMB, settled().revisionId());
        FunctionConfiguration latest = settled();
        return control().publishVersion(function(), latest.codeSha256(), latest.revisionId(), description);
    }

    @Test
    void describesLatest() {
        FunctionConfiguration latest = control().configuration(function(), LATEST);
        assertThat(latest.version()).isEqualTo(LATEST);
        assertThat(latest.memoryMB()).isEqualTo(512);
        assertThat(latest.functionArn()).startsWith("arn:aws").endsWith(":function:" + function());
        assertThat(latest.revisionId()).isNotNull();
        assertThat(latest.codeSha256()).isNotNull();
    }

    @Test
    void doesNotFindAFunctionThatIsNotThere() {
        assertThatExceptionOfType(LambdaFault.NotFound.class)
                .isThrownBy(() -> control().configuration("no-such-function", LATEST));
    }

    @Test
    void doesNotFindAVersionThatIsNotThere() {
        assertThatExceptionOfType(LambdaFault.NotFound.class)
                .isThrownBy(() -> control().configuration(function(), "99"));
    }

    @Test
    void changesTheMemorySizeAndNothingElse() throws InterruptedException {
        FunctionConfiguration before = settled();
        FunctionConfiguration answer = control().updateMemory(function(), 1024, before.revisionId());
        assertThat(answer.memoryMB()).isEqualTo(1024);
        FunctionConfiguration after = settled();
        assertThat(after.memoryMB()).isEqualTo(1024);
        assertThat(after.description()).isEqualTo(before.description());
        assertThat(after.hasSameCodeAndSettings(before)).isTrue();
    }

    @Test
    void changesTheRevisionWithEveryUpdate() throws InterruptedException {
        FunctionConfiguration before = settled();
        control().updateMemory(function(), 1024, before.revisionId());
        assertThat(settled().revisionId()).isNotEqualTo(before.revisionId());
    }

    @Test
    void refusesAnUpdateThatRestsOnAnOldRevision() throws InterruptedException {
        FunctionConfiguration before = settled();
        control().updateMemory(function(), 1024, before.revisionId());
        settled();
        assertThatExceptionOfType(LambdaFault.PreconditionFailed.class)
                .isThrownBy(() -> control().updateMemory(function(), 2048, before.revisionId()));
        assertThat(settled().memoryMB()).isEqualTo(1024);
    }

    @Test
    void refusesASizeOutOfRange() throws InterruptedException {
        settled();
        assertThatExceptionOfType(LambdaFault.Refused.class)
                .isThrownBy(() -> control().updateMemory(function(), 64, null));
    }

    @Test
    void publishesWithItsOwnDescription() throws InterruptedException {
        FunctionConfiguration version = publish(1024, "the version's own");
        assertThat(version.version()).isEqualTo("1");
        assertThat(version.memoryMB()).isEqualTo(1024);
        assertThat(version.description()).isEqualTo("the version's own");
        FunctionConfiguration latest = settled();
        assertThat(latest.description()).isNotEqualTo("the version's own");
        assertThat(latest.hasSameCodeAndSettings(version)).isTrue();
    }

    @Test
    void returnsTheLastVersionWhenNothingChanged() throws InterruptedException {
        publish(1024, "first");
        FunctionConfiguration again = control().publishVersion(function(), null, null, "second");
        assertThat(again.version()).isEqualTo("1");
        assertThat(again.description()).isEqualTo("first");
    }

    @Test
    void publishesAnewWhenOnlyTheMemorySizeChanged() throws InterruptedException {
        publish(1024, "first");
        assertThat(publish(2048, "second").version()).isEqualTo("2");
        assertThat(publish(1024, "third").version()).isEqualTo("3");
    }

    @Test
    void changesTheRevisionOfLatestWithAPublication() throws InterruptedException {
        FunctionConfiguration before = settled();
        control().publishVersion(function(), null, before.revisionId(), "first");
        assertThatExceptionOfType(LambdaFault.PreconditionFailed.class)
                .isThrownBy(() -> control().updateMemory(function(), 1024, before.revisionId()));
    }

    @Test
    void refusesToPublishOtherCode() throws InterruptedException {
        settled();
        assertThatExceptionOfType(LambdaFault.Refused.class)
                .isThrownBy(() -> control().publishVersion(function(), "bm90IHRoZSBjb2Rl", null, "x"));
    }

    @Test
    void refusesToPublishOnAnOldRevision() throws InterruptedException {
        FunctionConfiguration before = settled();
        control().updateMemory(function(), 1024, null);
        settled();
        assertThatExceptionOfType(LambdaFault.PreconditionFailed.class)
                .isThrownBy(() -> control().publishVersion(function(), null, before.revisionId(), "x"));
    }

    @Test
    void listsEveryVersionWithItsDescription() throws InterruptedException {
        publish(1024, "first");
        publish(2048, "second");
        List<FunctionConfiguration> versions = control().versions(function());
        assertThat(versions).extracting(FunctionConfiguration::version).containsExactlyInAnyOrder(LATEST, "1", "2");
        assertThat(versions).extracting(FunctionConfiguration::description).contains("first", "second");
    }

    @Test
    void deletesAVersionAndCountsAnAbsentOneAsDeleted() throws InterruptedException {
        publish(1024, "first");
        publish(2048, "second");
        control().deleteVersion(function(), "1");
        control().deleteVersion(function(), "1");
        assertThat(control().versions(function()))
                .extracting(FunctionConfiguration::version)
                .containsExactlyInAnyOrder(LATEST, "2");
    }

    @Test
    void neverGivesAVersionNumberTwice() throws InterruptedException {
        publish(1024, "first");
        control().deleteVersion(function(), "1");
        assertThat(publish(2048, "second").version()).isEqualTo("2");
    }

    @Test
    void doesNotDeleteAVersionThatAnAliasRefersTo() throws InterruptedException {
        publish(1024, "first");
        control().createAlias(function(), "prod", "1", "");
        assertThatExceptionOfType(LambdaFault.Conflict.class)
                .isThrownBy(() -> control().deleteVersion(function(), "1"));
        assertThat(control().configuration(function(), "1").memoryMB()).isEqualTo(1024);
    }

    @Test
    void createsAnAliasOnce() throws InterruptedException {
        settled();
        AliasConfiguration created = control().createAlias(function(), "memtune-lease", LATEST, "holder=a");
        assertThat(created.version()).isEqualTo(LATEST);
        assertThat(created.revisionId()).isNotNull();
        assertThatExceptionOfType(LambdaFault.Conflict.class)
                .isThrownBy(() -> control().createAlias(function(), "memtune-lease", LATEST, "holder=b"));
        assertThat(lease().description()).isEqualTo("holder=a");
    }

    private AliasConfiguration lease() {
        return control().alias(function(), "memtune-lease").orElseThrow();
    }

    @Test
    void doesNotChangeTheRevisionOfLatestWithAnAlias() throws InterruptedException {
        FunctionConfiguration before = settled();
        control().createAlias(function(), "memtune-lease", LATEST, "");
        assertThat(settled().revisionId()).isEqualTo(before.revisionId());
    }

    @Test
    void letsOnlyOneOfTwoTakeOverAnAlias() throws InterruptedException {
        settled();
        String revision = control()
                .createAlias(function(), "memtune-lease", LATEST, "holder=a")
                .revisionId();
        control().updateAlias(function(), "memtune-lease", LATEST, "holder=b", revision);
        assertThatExceptionOfType(LambdaFault.PreconditionFailed.class)
                .isThrownBy(() -> control().updateAlias(function(), "memtune-lease", LATEST, "holder=c", revision));
        assertThat(lease().description()).isEqualTo("holder=b");
    }

    @Test
    void keepsAnAliasDescriptionThatIsNotGiven() throws InterruptedException {
        publish(1024, "first");
        publish(2048, "second");
        control().createAlias(function(), "prod", "1", "of the user");
        AliasConfiguration moved = control().updateAlias(function(), "prod", "2", null, null);
        assertThat(moved.version()).isEqualTo("2");
        assertThat(control().alias(function(), "prod").orElseThrow().description())
                .isEqualTo("of the user");
        assertThat(control().configuration(function(), "prod").memoryMB()).isEqualTo(2048);
    }

    @Test
    void refusesAnAliasToAVersionThatIsNotThere() throws InterruptedException {
        settled();
        assertThatExceptionOfType(LambdaFault.NotFound.class)
                .isThrownBy(() -> control().createAlias(function(), "prod", "99", ""));
    }

    @Test
    void deletesAnAliasAndCountsAnAbsentOneAsDeleted() throws InterruptedException {
        settled();
        control().createAlias(function(), "prod", LATEST, "");
        control().deleteAlias(function(), "prod");
        control().deleteAlias(function(), "prod");
        assertThat(control().alias(function(), "prod")).isEmpty();
    }

    @Test
    void tellsNothingWhereNothingIsConnected() throws InterruptedException {
        settled();
        assertThat(control().provisionedConcurrency(function(), "prod")).isEmpty();
        assertThat(control().callersOfLatest(function())).isEmpty();
        assertThat(control().failureDestinations(function())).isEmpty();
    }

    @Test
    void listsEveryAlias() throws InterruptedException {
        settled();
        control().createAlias(function(), "prod", LATEST, "");
        control().createAlias(function(), "beta", LATEST, "");
        assertThat(control().aliases(function()))
                .extracting(AliasConfiguration::name)
                .containsExactlyInAnyOrder("prod", "beta");
    }

    @Test
    void takesAnArnForAName() throws InterruptedException {
        String arn = Objects.requireNonNull(settled().functionArn());
        assertThat(control().configuration(arn, LATEST).functionName()).isEqualTo(function());
    }

    @Test
    void answersOrSaysThatItDoesNotKnowTheLimits() {
        assertThat(control().reservedConcurrency(function()).orElse(0)).isNotNegative();
        assertThat(control().accountLimits().unreservedConcurrency().orElse(1)).isPositive();
        assertThat(control().accountLimits().codeBytesLeft().orElse(0)).isNotNegative();
        assertThat(control().tags(control().configuration(function(), LATEST).functionArn()))
                .isNotNull();
    }
}
