// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.memtune.local.LambdaRule;
import dev.memtune.local.function.Lifecycle.Publication;
import dev.memtune.local.function.Lifecycle.Published;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/**
 * AWS's rules one by one. Sources: STATES = <a href="https://docs.aws.amazon.com/lambda/latest/dg/functions-states.html">
 * function states</a>, PUBLISH = <a href="https://docs.aws.amazon.com/lambda/latest/api/API_PublishVersion.html">
 * PublishVersion</a>, VERSIONS = <a href="https://docs.aws.amazon.com/lambda/latest/dg/configuration-versions.html">
 * versions</a>, ALIASES = <a href="https://docs.aws.amazon.com/lambda/latest/dg/configuring-alias-routing.html">alias
 * routing</a>, DELETE = <a href="https://docs.aws.amazon.com/lambda/latest/api/API_DeleteFunction.html">DeleteFunction</a>,
 * SEEN = recorded from AWS by others.
 */
class LifecycleTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration ACTIVATION = Duration.ofSeconds(5);
    private static final Duration UPDATE = Duration.ofSeconds(2);
    private static final Code CODE = new Code("c29tZSBjb2Rl", 100);

    private final AtomicInteger ids = new AtomicInteger();
    private Windows windows = Windows.NONE;
    private final Lifecycle lifecycle = new Lifecycle(
            () -> "id-" + ids.incrementAndGet(), () -> windows, new FunctionArns("us-east-1", "000000000000"));

    private DeployedFunction created() {
        return lifecycle.create("f", configuration(128), CODE, START);
    }

    private static Configuration configuration(int memoryMB) {
        return new Configuration(
                "python3.12",
                "arn:aws:iam::000000000000:role/r",
                "h.h",
                "",
                3,
                memoryMB,
                Map.of(),
                512,
                "x86_64",
                "PassThrough",
                Logging.text("f"),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                false);
    }

    private DeployedFunction sized(DeployedFunction function, int memoryMB) {
        return changed(function, configuration(memoryMB), START);
    }

    private DeployedFunction changed(DeployedFunction function, Configuration configuration, Instant now) {
        return lifecycle.update(function, new Deployment("", configuration, CODE), Optional.empty(), now);
    }

    private Published published(DeployedFunction function) {
        return lifecycle.publish(function, Publication.PLAIN, START);
    }

    private static void assertFault(LambdaFault.Kind kind, String message, ThrowingCallable call) {
        assertThatExceptionOfType(LambdaFault.class).isThrownBy(call).satisfies(fault -> {
            assertThat(fault.kind()).isEqualTo(kind);
            assertThat(fault).hasMessageContaining(message);
        });
    }

    @Test
    @LambdaRule("ST-01")
    void aNewFunctionIsPendingForTheActivationWindow() { // STATES
        windows = new Windows(ACTIVATION, UPDATE);
        DeployedFunction function = created();

        assertThat(function.latest().isPending()).isTrue();
        assertThat(function.settled(START.plus(ACTIVATION).minusMillis(1))
                        .latest()
                        .isPending())
                .isTrue();
        assertThat(function.settled(START.plus(ACTIVATION)).latest().isPending())
                .isFalse();
    }

    @Test
    @LambdaRule("ST-06")
    void becomingActiveChangesTheRevision() { // SEEN
        windows = new Windows(ACTIVATION, UPDATE);
        DeployedFunction function = created();

        assertThat(function.settled(START.plus(ACTIVATION)).latest().revisionId())
                .isNotEqualTo(function.latest().revisionId());
    }

    @Test
    @LambdaRule("ST-02")
    void aPendingFunctionRefusesUpdatesAndPublication() { // STATES
        windows = new Windows(ACTIVATION, UPDATE);
        DeployedFunction function = created();

        assertFault(LambdaFault.Kind.RESOURCE_CONFLICT, "state: Pending", () -> sized(function, 256));
        assertFault(LambdaFault.Kind.RESOURCE_CONFLICT, "state: Pending", () -> published(function));
    }

    @Test
    @LambdaRule("ST-03")
    void theOldConfigurationIsServedWhileAnUpdateIsInProgress() { // STATES
        DeployedFunction function = created();
        windows = new Windows(ACTIVATION, UPDATE);
        DeployedFunction updated = sized(function, 256);

        assertThat(updated.latest().isUpdating()).isTrue();
        assertThat(updated.latest().deployment().configuration().memoryMB()).isEqualTo(256);
        assertThat(updated.latest().served()).isEqualTo(function.latest().deployment());
        assertThat(updated.settled(START.plus(UPDATE))
                        .latest()
                        .served()
                        .configuration()
                        .memoryMB())
                .isEqualTo(256);
    }

    @Test
    @LambdaRule("ST-04")
    void anUpdateInProgressRefusesUpdatesAndPublication() { // STATES
        DeployedFunction function = created();
        windows = new Windows(ACTIVATION, UPDATE);
        DeployedFunction updated = sized(function, 256);

        assertFault(
                LambdaFault.Kind.RESOURCE_CONFLICT,
                "An update is in progress for resource: arn:aws:lambda:us-east-1:000000000000:function:f",
                () -> sized(updated, 512));
        assertFault(LambdaFault.Kind.RESOURCE_CONFLICT, "An update is in progress", () -> published(updated));
    }

    @Test
    @LambdaRule("ST-05")
    void everyUpdateAndItsCompletionChangeTheRevision() { // SEEN
        DeployedFunction function = created();
        windows = new Windows(ACTIVATION, UPDATE);
        DeployedFunction updated = sized(function, 128);
        DeployedFunction completed = updated.settled(START.plus(UPDATE));

        assertThat(updated.latest().revisionId()).isNotEqualTo(function.latest().revisionId());
        assertThat(completed.latest().revisionId())
                .isNotEqualTo(updated.latest().revisionId());
    }

    @Test
    void completionKeepsTheEnvironmentsOfTheNewConfiguration() { // STATES
        DeployedFunction function = created();
        windows = new Windows(ACTIVATION, UPDATE);
        DeployedFunction updated = sized(function, 256);

        assertThat(updated.settled(START.plus(UPDATE)).latest().served().id())
                .isEqualTo(updated.latest().deployment().id());
        assertThat(updated.latest().deployment().id())
                .isNotEqualTo(function.latest().deployment().id());
    }

    @Test
    @LambdaRule("ST-07")
    void publicationChangesTheRevisionButNotTheEnvironments() { // SEEN
        DeployedFunction function = created();
        DeployedFunction after = published(function).function();

        assertThat(after.latest().revisionId()).isNotEqualTo(function.latest().revisionId());
        assertThat(after.latest().served()).isEqualTo(function.latest().served());
    }

    @Test
    @LambdaRule("ST-08")
    void aVersionActivatesWithoutChangingItsRevision() { // SEEN
        DeployedFunction function = created();
        windows = new Windows(ACTIVATION, UPDATE);
        Version version = published(function).version();

        assertThat(version.isPending(START)).isTrue();
        assertThat(version.isPending(START.plus(ACTIVATION))).isFalse();
    }

    @Test
    @LambdaRule("ST-09")
    void aStaleRevisionFailsAnUpdateAndAPublication() { // PUBLISH
        DeployedFunction function = created();
        Deployment next = new Deployment("", configuration(256), CODE);
        Publication publication = new Publication(Optional.empty(), Optional.empty(), Optional.of("stale"));

        assertFault(
                LambdaFault.Kind.PRECONDITION_FAILED,
                "The Revision Id provided does not match the latest Revision Id",
                () -> lifecycle.update(function, next, Optional.of("stale"), START));
        assertFault(
                LambdaFault.Kind.PRECONDITION_FAILED,
                "The Revision Id provided does not match the latest Revision Id",
                () -> lifecycle.publish(function, publication, START));
    }

    @Test
    void theRightRevisionLetsAnUpdateThrough() { // PUBLISH
        DeployedFunction function = created();
        Optional<String> revisionId = Optional.of(function.latest().revisionId());
        DeployedFunction updated =
                lifecycle.update(function, new Deployment("", configuration(256), CODE), revisionId, START);

        assertThat(updated.latest().deployment().configuration().memoryMB()).isEqualTo(256);
    }

    @Test
    @LambdaRule("VER-01")
    void publicationRefusesOtherCodeThanExpected() { // SEEN
        DeployedFunction function = created();
        Publication publication = new Publication(Optional.empty(), Optional.of("b3RoZXI="), Optional.empty());

        assertFault(
                LambdaFault.Kind.INVALID_PARAMETER_VALUE,
                "CodeSHA256 (b3RoZXI=) is different from current CodeSHA256 in $LATEST (c29tZSBjb2Rl)",
                () -> lifecycle.publish(function, publication, START));
    }

    @Test
    @LambdaRule("VER-02")
    void publishingTheUnchangedReturnsTheExistingVersionWithItsDescription() { // PUBLISH
        Published first = lifecycle.publish(
                created(), new Publication(Optional.of("mine"), Optional.empty(), Optional.empty()), START);
        Published second = lifecycle.publish(
                first.function(), new Publication(Optional.of("yours"), Optional.empty(), Optional.empty()), START);

        assertThat(second.version()).isEqualTo(first.version());
        assertThat(second.version().configuration().description()).isEqualTo("mine");
        assertThat(second.function()).isEqualTo(first.function());
    }

    @Test
    @LambdaRule("VER-03")
    void eachChangeOfMemoryPublishesAnew() { // VERSIONS
        DeployedFunction first = published(created()).function();
        DeployedFunction second = published(sized(first, 256)).function();
        DeployedFunction third = published(sized(second, 128)).function();

        assertThat(third.versions().keySet()).containsExactly(1, 2, 3);
    }

    @Test
    @LambdaRule("VER-04")
    void aChangedDescriptionOfLatestPublishesAnew() { // VERSIONS
        DeployedFunction first = published(created()).function();
        DeployedFunction described = changed(first, configuration(128).withDescription("new"), START);

        assertThat(published(described).version().number()).isEqualTo(2);
    }

    @Test
    @LambdaRule("VER-05")
    void reservedConcurrencyDoesNotPublishAnew() { // VERSIONS
        DeployedFunction first = published(created())
                .function()
                .withOptions(FunctionOptions.NONE.withReservedConcurrency(Optional.of(5)));

        assertThat(published(first).version().number()).isEqualTo(1);
    }

    @Test
    @LambdaRule("VER-06")
    void versionNumbersAreNeverUsedAgain() { // VERSIONS
        DeployedFunction deleted = lifecycle.deleteVersion(published(created()).function(), "1");

        assertThat(published(deleted).version().number()).isEqualTo(2);
    }

    @Test
    @LambdaRule("VER-08")
    void latestCannotBeDeletedAlone() { // DELETE
        assertFault(
                LambdaFault.Kind.INVALID_PARAMETER_VALUE,
                "$LATEST version cannot be deleted without deleting the function",
                () -> lifecycle.deleteVersion(created(), "$LATEST"));
    }

    @Test
    @LambdaRule("VER-09")
    void aVersionUnderAnAliasCannotBeDeleted() { // DELETE
        DeployedFunction two =
                published(sized(published(created()).function(), 256)).function();
        DeployedFunction aliased =
                lifecycle.createAlias(two, alias("prod", "1", Optional.of(new Alias.Canary("2", 0.1))));

        assertFault(LambdaFault.Kind.RESOURCE_CONFLICT, "function:f:prod", () -> lifecycle.deleteVersion(aliased, "1"));
        assertFault(LambdaFault.Kind.RESOURCE_CONFLICT, "function:f:prod", () -> lifecycle.deleteVersion(aliased, "2"));
        assertThat(lifecycle
                        .deleteVersion(lifecycle.deleteAlias(aliased, "prod"), "1")
                        .versions())
                .containsOnlyKeys(2);
    }

    @Test
    void deletingAMissingVersionIsNotFound() { // DELETE
        assertFault(
                LambdaFault.Kind.RESOURCE_NOT_FOUND,
                "Function not found: arn:aws:lambda:us-east-1:000000000000:function:f:7",
                () -> lifecycle.deleteVersion(created(), "7"));
    }

    private static Alias alias(String name, String version, Optional<Alias.Canary> canary) {
        return new Alias(name, version, "", canary, "");
    }

    @Test
    @LambdaRule("ALI-01")
    void anAliasMayPointToLatest() { // ALIASES
        DeployedFunction aliased = lifecycle.createAlias(created(), alias("lease", "$LATEST", Optional.empty()));

        assertThat(lifecycle.alias(aliased, "lease").route(0)).isEqualTo("$LATEST");
    }

    @Test
    @LambdaRule("ALI-02")
    void creatingAnAliasKeepsTheFunctionsRevision() { // SEEN
        DeployedFunction function = created();
        DeployedFunction aliased = lifecycle.createAlias(function, alias("lease", "$LATEST", Optional.empty()));

        assertThat(aliased.latest()).isEqualTo(function.latest());
    }

    @Test
    @LambdaRule("ALI-03")
    void anAliasIsCreatedOnce() { // https://docs.aws.amazon.com/lambda/latest/api/API_CreateAlias.html
        DeployedFunction aliased = lifecycle.createAlias(created(), alias("lease", "$LATEST", Optional.empty()));

        assertFault(
                LambdaFault.Kind.RESOURCE_CONFLICT,
                "Alias already exists: arn:aws:lambda:us-east-1:000000000000:function:f:lease",
                () -> lifecycle.createAlias(aliased, alias("lease", "$LATEST", Optional.empty())));
    }

    @Test
    @LambdaRule("ALI-04")
    void anAliasNeedsAnExistingVersion() { // https://docs.aws.amazon.com/lambda/latest/api/API_CreateAlias.html
        assertFault(
                LambdaFault.Kind.RESOURCE_NOT_FOUND,
                "Function not found: arn:aws:lambda:us-east-1:000000000000:function:f:3",
                () -> lifecycle.createAlias(created(), alias("prod", "3", Optional.empty())));
    }

    @Test
    @LambdaRule("ALI-05")
    void anAliasIsUpdatedOnlyUnderItsRevision() { // https://docs.aws.amazon.com/lambda/latest/api/API_UpdateAlias.html
        DeployedFunction aliased = lifecycle.createAlias(created(), alias("lease", "$LATEST", Optional.empty()));
        String revisionId = lifecycle.alias(aliased, "lease").revisionId();
        Alias draft = new Alias("lease", "$LATEST", "token", Optional.empty(), "");
        DeployedFunction updated = lifecycle.updateAlias(aliased, draft, Optional.of(revisionId));

        assertThat(lifecycle.alias(updated, "lease").description()).isEqualTo("token");
        assertThat(lifecycle.alias(updated, "lease").revisionId()).isNotEqualTo(revisionId);
        assertFault(
                LambdaFault.Kind.PRECONDITION_FAILED,
                "Revision Id",
                () -> lifecycle.updateAlias(updated, draft, Optional.of(revisionId)));
    }

    @Test
    void updatingAMissingAliasIsNotFound() { // https://docs.aws.amazon.com/lambda/latest/api/API_UpdateAlias.html
        assertFault(
                LambdaFault.Kind.RESOURCE_NOT_FOUND,
                "Cannot find alias arn: arn:aws:lambda:us-east-1:000000000000:function:f:prod",
                () -> lifecycle.updateAlias(created(), alias("prod", "$LATEST", Optional.empty()), Optional.empty()));
    }

    @Test
    @LambdaRule("ALI-06")
    void weightsNeedTwoPublishedVersions() { // ALIASES
        DeployedFunction one = published(created()).function();

        assertFault(
                LambdaFault.Kind.INVALID_PARAMETER_VALUE,
                "$LATEST is not supported for an alias pointing to more than 1 version",
                () -> lifecycle.createAlias(one, alias("a", "$LATEST", Optional.of(new Alias.Canary("1", 0.5)))));
        assertFault(
                LambdaFault.Kind.INVALID_PARAMETER_VALUE,
                "$LATEST is not supported for an alias pointing to more than 1 version",
                () -> lifecycle.createAlias(one, alias("a", "1", Optional.of(new Alias.Canary("$LATEST", 0.5)))));
        assertFault(
                LambdaFault.Kind.INVALID_PARAMETER_VALUE,
                "is already included in routing configuration",
                () -> lifecycle.createAlias(one, alias("a", "1", Optional.of(new Alias.Canary("1", 0.5)))));
        assertFault(
                LambdaFault.Kind.RESOURCE_NOT_FOUND,
                "function:f:9",
                () -> lifecycle.createAlias(one, alias("a", "1", Optional.of(new Alias.Canary("9", 0.5)))));
    }

    @Test
    void aWeightedAliasSendsItsShareToTheSecondVersion() { // ALIASES
        Alias weighted = alias("a", "1", Optional.of(new Alias.Canary("2", 0.25)));

        assertThat(weighted.route(0.249)).isEqualTo("2");
        assertThat(weighted.route(0.25)).isEqualTo("1");
        assertThat(alias("a", "1", Optional.of(new Alias.Canary("2", 0))).route(0))
                .isEqualTo("1");
        assertThat(alias("a", "1", Optional.of(new Alias.Canary("2", 1))).route(0.999))
                .isEqualTo("2");
    }
}
