// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.port;

import dev.memtune.core.function.AliasConfiguration;
import dev.memtune.core.function.FunctionConfiguration;
import dev.memtune.core.function.FunctionTraits;
import dev.memtune.core.function.PowerValue;
import dev.memtune.core.function.ProvisionedConcurrency;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One function of {@link InMemoryLambda}: its {@code $LATEST}, versions and aliases with the rules of AWS. Its methods are
 * also what foreign actors of a test use: nothing that is done here is recorded or hooked.
 *
 * <p>Rules: <a href="https://docs.aws.amazon.com/lambda/latest/dg/configuration-versions.html">versions</a>,
 * <a href="https://docs.aws.amazon.com/lambda/latest/dg/functions-states.html">states</a>.
 */
public final class ModelFunction {
    private static final String IN_PROGRESS = "InProgress";

    private final InstantSource clock;
    private final TreeMap<Integer, FunctionConfiguration> versions = new TreeMap<>();
    private final TreeMap<Integer, Instant> activeAt = new TreeMap<>();
    private final TreeMap<String, AliasConfiguration> aliases = new TreeMap<>();
    private FunctionConfiguration latest;
    private @Nullable FunctionConfiguration lastPublished;
    private Instant settledAt;
    private int revision;
    private int lastVersion;
    private Duration updateTime = Duration.ofMillis(800);
    private Duration activationTime = Duration.ZERO;
    private int memoryQuotaMB = PowerValue.MAX_MB;
    private OptionalInt reservedConcurrency = OptionalInt.empty();
    private final TreeMap<String, ProvisionedConcurrency> provisioned = new TreeMap<>();
    private final TreeMap<String, Instant> readyAt = new TreeMap<>();
    private final TreeSet<String> withoutRetries = new TreeSet<>();
    private Duration provisioningTime = Duration.ZERO;
    private List<String> callersOfLatest = List.of();
    private List<String> failureDestinations = List.of();

    ModelFunction(String name, int memoryMB, InstantSource clock) {
        this.clock = clock;
        this.settledAt = clock.instant();
        this.latest = new FunctionConfiguration(
                "arn:aws:lambda:eu-central-1:123456789012:function:" + name,
                name,
                FunctionConfiguration.LATEST,
                memoryMB,
                30,
                "the function's own description",
                "code-1",
                nextRevision(),
                "arm64",
                "python3.13",
                "Active",
                "Successful",
                null,
                "Text",
                null,
                "/aws/lambda/" + name,
                "settings-1",
                null,
                FunctionTraits.NONE);
    }

    /** How long an update stays {@code InProgress}; 800 ms unless set. */
    public synchronized ModelFunction updateTime(Duration time) {
        updateTime = time;
        return this;
    }

    /** How long a new version stays {@code Pending}; none unless set. */
    public synchronized ModelFunction activationTime(Duration time) {
        activationTime = time;
        return this;
    }

    /** The largest memory size that is not refused. */
    public synchronized ModelFunction memoryQuotaMB(int quotaMB) {
        memoryQuotaMB = quotaMB;
        return this;
    }

    /** The reserved concurrency. */
    public synchronized ModelFunction reservedConcurrency(int limit) {
        reservedConcurrency = OptionalInt.of(limit);
        return this;
    }

    synchronized OptionalInt reservedConcurrency() {
        return reservedConcurrency;
    }

    /** Keeps environments ready behind an alias, which takes this long after each of its moves. */
    public synchronized ModelFunction provision(String alias, int count, Duration time) {
        provisioned.put(alias, new ProvisionedConcurrency("READY", count, count, ""));
        provisioningTime = time;
        return this;
    }

    /** What is told of the environments behind a qualifier, whatever is there. */
    public synchronized void provisionedConcurrency(String qualifier, ProvisionedConcurrency concurrency) {
        provisioned.put(qualifier, concurrency);
    }

    synchronized Optional<ProvisionedConcurrency> provisionedConcurrency(String qualifier) {
        ProvisionedConcurrency concurrency = provisioned.get(qualifier);
        return concurrency != null && isShifting(qualifier)
                ? Optional.of(new ProvisionedConcurrency("IN_PROGRESS", concurrency.requested(), 0, ""))
                : Optional.ofNullable(concurrency);
    }

    private boolean isShifting(String alias) {
        Instant ready = readyAt.get(alias);
        return ready != null && clock.instant().isBefore(ready);
    }

    /** What is told to call {@code $LATEST}. */
    public synchronized void callersOfLatest(List<String> callers) {
        callersOfLatest = List.copyOf(callers);
    }

    synchronized List<String> callersOfLatest() {
        return callersOfLatest;
    }

    /** Where failures of asynchronous invocations are told to go. */
    public synchronized void failureDestinations(List<String> arns) {
        failureDestinations = List.copyOf(arns);
    }

    synchronized List<String> failureDestinations() {
        return failureDestinations;
    }

    synchronized void stopRetries(String alias) {
        if (!aliases.containsKey(alias)) {
            throw new LambdaFault.NotFound("Cannot find alias: " + alias, null);
        }
        withoutRetries.add(alias);
    }

    synchronized void forgetRetries(String alias) {
        withoutRetries.remove(alias);
    }

    /** The aliases whose asynchronous invocations run once. */
    public synchronized Set<String> withoutRetries() {
        return Set.copyOf(withoutRetries);
    }

    /** {@code $LATEST} as it is now. */
    public synchronized FunctionConfiguration latest() {
        if (!latest.isSettled() && !clock.instant().isBefore(settledAt)) {
            latest = changed(latest, latest.memoryMB(), nextRevision(), "Successful");
        }
        return latest;
    }

    /** A somebody's change of anything; at once and settled, with a new revision. */
    public synchronized void edit(UnaryOperator<FunctionConfiguration> change) {
        FunctionConfiguration edited = change.apply(latest());
        latest = changed(edited, edited.memoryMB(), nextRevision(), edited.lastUpdateStatus());
    }

    /** Somebody's change of what bears on how it may be tuned. */
    public void traits(FunctionTraits traits) {
        edit(now -> new FunctionConfiguration(
                now.functionArn(),
                now.functionName(),
                now.version(),
                now.memoryMB(),
                now.timeoutSeconds(),
                now.description(),
                now.codeSha256(),
                now.revisionId(),
                now.architecture(),
                now.runtime(),
                now.state(),
                now.lastUpdateStatus(),
                now.lastUpdateReason(),
                now.logFormat(),
                now.systemLogLevel(),
                now.logGroup(),
                now.settingsDigest(),
                now.untunableReason(),
                traits));
    }

    /** Somebody's change of the memory size. */
    public void editMemory(int memoryMB) {
        edit(now -> changed(now, memoryMB, "", now.lastUpdateStatus()));
    }

    /** Somebody's change of the code and a setting. */
    public void editCode(String codeSha256, String settingsDigest) {
        edit(now -> described(now, now.version(), now.description(), codeSha256, settingsDigest));
    }

    /** Sets the memory size as UpdateFunctionConfiguration does. */
    public synchronized FunctionConfiguration updateMemory(int memoryMB, @Nullable String revisionId) {
        checkChangeable(revisionId);
        if (memoryMB < PowerValue.MIN_MB || memoryMB > memoryQuotaMB) {
            throw new LambdaFault.Refused(
                    "'MemorySize' value failed to satisfy constraint: Member must have value less than or equal to "
                            + memoryQuotaMB,
                    "InvalidParameterValueException",
                    null);
        }
        settledAt = clock.instant().plus(updateTime);
        latest = changed(latest, memoryMB, nextRevision(), IN_PROGRESS);
        return latest;
    }

    /** Sets memory size and system log level as UpdateFunctionConfiguration does. */
    public synchronized FunctionConfiguration updateMemoryAndLogLevel(
            int memoryMB, String level, @Nullable String revisionId) {
        updateMemory(memoryMB, revisionId);
        latest = leveled(latest, level);
        return latest;
    }

    /** Somebody's change of the system log level. */
    public void editLogLevel(String level) {
        edit(now -> leveled(now, level));
    }

    /** Publishes as PublishVersion does: unchanged, it returns the last version. */
    public synchronized FunctionConfiguration publish(
            @Nullable String codeSha256, @Nullable String revisionId, String description) {
        checkChangeable(revisionId);
        if (codeSha256 != null && !codeSha256.equals(latest.codeSha256())) {
            throw new LambdaFault.Refused(
                    "CodeSHA256 (" + codeSha256 + ") is different from current CodeSHA256",
                    "InvalidParameterValueException",
                    null);
        }
        FunctionConfiguration last = lastPublished;
        if (last != null && isUnchanged(last) && versions.containsKey(lastVersion)) {
            return version(lastVersion);
        }
        lastVersion++;
        lastPublished = latest;
        activeAt.put(lastVersion, clock.instant().plus(activationTime));
        String number = Integer.toString(lastVersion);
        FunctionConfiguration published =
                described(latest, number, description, latest.codeSha256(), latest.settingsDigest());
        versions.put(lastVersion, changed(published, latest.memoryMB(), nextRevision(), "Successful"));
        latest = changed(latest, latest.memoryMB(), nextRevision(), latest.lastUpdateStatus());
        return version(lastVersion);
    }

    private boolean isUnchanged(FunctionConfiguration last) {
        return last.memoryMB() == latest.memoryMB()
                && Objects.equals(last.systemLogLevel(), latest.systemLogLevel())
                && last.description().equals(latest.description())
                && last.hasSameCodeAndSettings(latest);
    }

    /** The configuration behind a version, an alias or {@code $LATEST}. */
    public synchronized FunctionConfiguration configuration(String qualifier) {
        AliasConfiguration alias = aliases.get(qualifier);
        String target = alias == null ? qualifier : alias.version();
        return target.equals(FunctionConfiguration.LATEST) ? latest() : version(number(target));
    }

    /** Every version, {@code $LATEST} first. */
    public synchronized List<FunctionConfiguration> versions() {
        List<FunctionConfiguration> all = new ArrayList<>(List.of(latest()));
        versions.keySet().forEach(number -> all.add(version(number)));
        return all;
    }

    /** Deletes a version unless an alias refers to it. */
    public synchronized void deleteVersion(String version) {
        for (AliasConfiguration alias : aliases.values()) {
            if (alias.version().equals(version) || alias.weights().containsKey(version)) {
                throw new LambdaFault.Conflict(
                        "Aliases refer to version " + version + ": [" + alias.name() + "]", null);
            }
        }
        versions.remove(number(version));
    }

    /** Every alias by name. */
    public synchronized Map<String, AliasConfiguration> aliases() {
        return Map.copyOf(aliases);
    }

    /** Creates an alias; a conflict if there is one. */
    public synchronized AliasConfiguration createAlias(String name, String version, String description) {
        if (aliases.containsKey(name)) {
            throw new LambdaFault.Conflict("Alias already exists: " + name, null);
        }
        return putAlias(name, version, description, Map.of());
    }

    /** Moves an alias and clears its weights. */
    public synchronized AliasConfiguration updateAlias(
            String name, String version, @Nullable String description, @Nullable String revisionId) {
        AliasConfiguration alias = aliases.get(name);
        if (alias == null) {
            throw new LambdaFault.NotFound("Cannot find alias: " + name, null);
        }
        checkRevision(revisionId, alias.revisionId());
        if (provisioned.containsKey(name)) {
            readyAt.put(name, clock.instant().plus(provisioningTime));
        }
        return putAlias(name, version, description == null ? alias.description() : description, Map.of());
    }

    /** Sets an alias whatever was there. */
    public synchronized AliasConfiguration putAlias(
            String name, String version, String description, Map<String, Double> weights) {
        configuration(version);
        AliasConfiguration alias = new AliasConfiguration(name, version, description, nextRevision(), weights);
        aliases.put(name, alias);
        return alias;
    }

    /** Deletes an alias, if it is there. */
    public synchronized void deleteAlias(String name) {
        aliases.remove(name);
    }

    private void checkChangeable(@Nullable String revisionId) {
        if (!latest().isSettled()) {
            throw new LambdaFault.Conflict("An update is in progress for resource: " + latest.functionArn(), null);
        }
        checkRevision(revisionId, latest.revisionId());
    }

    private static void checkRevision(@Nullable String given, @Nullable String present) {
        if (given != null && !given.equals(present)) {
            throw new LambdaFault.PreconditionFailed(
                    "The RevisionId provided does not match the latest RevisionId: " + given, null);
        }
    }

    private FunctionConfiguration version(int number) {
        FunctionConfiguration version = versions.get(number);
        Instant active = activeAt.get(number);
        if (version == null || active == null) {
            throw new LambdaFault.NotFound("Function not found: " + latest.functionArn() + ":" + number, null);
        }
        return clock.instant().isBefore(active) ? inState(version, "Pending") : version;
    }

    private static int number(String version) {
        return version.matches("\\d{1,9}") ? Integer.parseInt(version) : -1;
    }

    private String nextRevision() {
        revision++;
        return "revision-" + revision;
    }

    private static FunctionConfiguration changed(
            FunctionConfiguration was, int memoryMB, String revisionId, String updateStatus) {
        return new FunctionConfiguration(
                was.functionArn(),
                was.functionName(),
                was.version(),
                memoryMB,
                was.timeoutSeconds(),
                was.description(),
                was.codeSha256(),
                revisionId,
                was.architecture(),
                was.runtime(),
                was.state(),
                updateStatus,
                was.lastUpdateReason(),
                was.logFormat(),
                was.systemLogLevel(),
                was.logGroup(),
                was.settingsDigest(),
                was.untunableReason(),
                was.traits());
    }

    private static FunctionConfiguration described(
            FunctionConfiguration was,
            String version,
            String description,
            @Nullable String codeSha256,
            String settingsDigest) {
        return new FunctionConfiguration(
                was.functionArn(),
                was.functionName(),
                version,
                was.memoryMB(),
                was.timeoutSeconds(),
                description,
                codeSha256,
                was.revisionId(),
                was.architecture(),
                was.runtime(),
                was.state(),
                was.lastUpdateStatus(),
                was.lastUpdateReason(),
                was.logFormat(),
                was.systemLogLevel(),
                was.logGroup(),
                settingsDigest,
                was.untunableReason(),
                was.traits());
    }

    private static FunctionConfiguration leveled(FunctionConfiguration was, String level) {
        return new FunctionConfiguration(
                was.functionArn(),
                was.functionName(),
                was.version(),
                was.memoryMB(),
                was.timeoutSeconds(),
                was.description(),
                was.codeSha256(),
                was.revisionId(),
                was.architecture(),
                was.runtime(),
                was.state(),
                was.lastUpdateStatus(),
                was.lastUpdateReason(),
                "JSON",
                level,
                was.logGroup(),
                was.settingsDigest(),
                was.untunableReason(),
                was.traits());
    }

    private static FunctionConfiguration inState(FunctionConfiguration was, String state) {
        return inState(was, state, was.untunableReason());
    }

    /** The configuration with another state, and another reason for not being tunable; null for none. */
    public static FunctionConfiguration inState(
            FunctionConfiguration was, String state, @Nullable String untunableReason) {
        return new FunctionConfiguration(
                was.functionArn(),
                was.functionName(),
                was.version(),
                was.memoryMB(),
                was.timeoutSeconds(),
                was.description(),
                was.codeSha256(),
                was.revisionId(),
                was.architecture(),
                was.runtime(),
                state,
                was.lastUpdateStatus(),
                was.lastUpdateReason(),
                was.logFormat(),
                was.systemLogLevel(),
                was.logGroup(),
                was.settingsDigest(),
                untunableReason,
                was.traits());
    }
}
