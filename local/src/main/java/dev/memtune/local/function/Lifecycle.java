// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.function;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * AWS's rules for creating, updating, publishing and deleting: each method takes a function's state, settled at {@code now},
 * and returns the next one or throws the {@link LambdaFault} that AWS answers.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/functions-states.html">Lambda function states</a>
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/api/API_PublishVersion.html">PublishVersion</a>
 */
public final class Lifecycle {
    private final Supplier<String> ids;
    private final Supplier<Windows> windows;
    private final FunctionArns arns;

    /**
     * Makes the rules.
     *
     * @param ids makes RevisionIds
     * @param windows how long changes take, read at each change
     * @param arns for the messages
     */
    public Lifecycle(Supplier<String> ids, Supplier<Windows> windows, FunctionArns arns) {
        this.ids = Objects.requireNonNull(ids, "ids");
        this.windows = Objects.requireNonNull(windows, "windows");
        this.arns = Objects.requireNonNull(arns, "arns");
    }

    /** CreateFunction without {@code Publish}. */
    public DeployedFunction create(String name, Configuration configuration, Code code, Instant now) {
        Latest latest = changed(new Deployment(ids.get(), configuration, code), Optional.empty(), now);
        return new DeployedFunction(name, latest, 0, new TreeMap<>(), new TreeMap<>(), FunctionOptions.NONE);
    }

    /**
     * UpdateFunctionConfiguration and UpdateFunctionCode.
     *
     * @param revisionId the RevisionId that the caller expects, if given
     * @throws LambdaFault 409 while Pending or InProgress, 412 if the RevisionId is another
     */
    public DeployedFunction update(
            DeployedFunction function, Deployment next, Optional<String> revisionId, Instant now) {
        requireIdle(function);
        requireRevision(revisionId, function.latest().revisionId(), "GetFunction/GetAlias");
        Deployment fresh = new Deployment(ids.get(), next.configuration(), next.code());
        return function.withLatest(changed(fresh, Optional.of(function.latest().deployment()), now));
    }

    private Latest changed(Deployment next, Optional<Deployment> previous, Instant now) {
        Duration window =
                previous.isPresent() ? windows.get().update() : windows.get().activation();
        Optional<Transition> transition =
                window.isZero() ? Optional.empty() : Optional.of(new Transition(now.plus(window), ids.get(), previous));
        return new Latest(next, ids.get(), now, transition);
    }

    /**
     * What PublishVersion takes.
     *
     * @param description the version's description; {@code $LATEST}'s if absent
     * @param codeSha256 the code that the caller expects, if given
     * @param revisionId the RevisionId that the caller expects, if given
     */
    public record Publication(Optional<String> description, Optional<String> codeSha256, Optional<String> revisionId) {
        /** With nothing given. */
        public static final Publication PLAIN = new Publication(Optional.empty(), Optional.empty(), Optional.empty());
    }

    /**
     * A published version, which may be an older one.
     *
     * @param function the state after
     * @param version the new version, or the existing one if nothing has changed since the last publication
     */
    public record Published(DeployedFunction function, Version version) {}

    /**
     * PublishVersion. Nothing is published, and the last version returned, if neither code nor configuration of
     * {@code $LATEST} has changed since the last publication. If that version was deleted since, a new one is published
     * (not documented by AWS).
     *
     * @throws LambdaFault 409 while Pending or InProgress, 400 if the code is another, 412 if the RevisionId is another
     */
    public Published publish(DeployedFunction function, Publication publication, Instant now) {
        requireIdle(function);
        requireCode(publication.codeSha256(), function.latest().deployment().code());
        requireRevision(publication.revisionId(), function.latest().revisionId(), "GetFunction/GetAlias");
        return publishLatest(function, publication.description(), now);
    }

    /** The {@code Publish} flag of CreateFunction, UpdateFunctionCode: as {@link #publish}, but while the change is under way. */
    public Published publishLatest(DeployedFunction function, Optional<String> description, Instant now) {
        Deployment deployment = function.latest().deployment();
        Optional<Version> last = Optional.ofNullable(function.versions().get(function.lastVersion()));
        if (last.isPresent() && last.get().isPublishedFrom(deployment)) {
            return new Published(function, last.get());
        }
        String source = deployment.configuration().description();
        Version version = new Version(
                function.lastVersion() + 1,
                deployment.configuration().withDescription(description.orElse(source)),
                deployment.code(),
                source,
                ids.get(),
                function.latest().lastModified(),
                now.plus(windowOf(deployment.configuration())));
        Latest latest = function.latest().withRevisionId(ids.get());
        return new Published(function.withLatest(latest).withVersion(version), version);
    }

    private Duration windowOf(Configuration configuration) {
        Windows present = windows.get();
        return configuration.snapStart() ? present.snapshot() : present.activation();
    }

    private static void requireCode(Optional<String> expected, Code code) {
        if (expected.isPresent() && !expected.get().equals(code.sha256())) {
            throw LambdaFault.invalid(
                    "CodeSHA256 (" + expected.get() + ") is different from current CodeSHA256 in $LATEST ("
                            + code.sha256() + "). Please try again with the CodeSHA256 in $LATEST.");
        }
    }

    /**
     * DeleteFunction with a Qualifier.
     *
     * @throws LambdaFault 400 for {@code $LATEST}, 404 if there is no such version, 409 if an alias refers to it
     */
    public DeployedFunction deleteVersion(DeployedFunction function, String qualifier) {
        if (qualifier.equals(DeployedFunction.LATEST)) {
            throw LambdaFault.invalid("$LATEST version cannot be deleted without deleting the function.");
        }
        if (function.alias(qualifier).isPresent()) {
            throw LambdaFault.invalid("Deletion of aliases is not currently supported.");
        }
        Version version = function.version(qualifier).orElseThrow(() -> missing(function, qualifier));
        for (Alias alias : function.aliases().values()) {
            if (alias.refersTo(qualifier)) {
                throw LambdaFault.conflict(
                        "Version " + qualifier + " cannot be deleted: it is currently referenced by the alias "
                                + arns.qualified(function.name(), alias.name()));
            }
        }
        return function.withoutVersion(version.number());
    }

    /**
     * CreateAlias. {@code $LATEST}'s RevisionId stays as it is.
     *
     * @throws LambdaFault 404 if there is no such version, 409 if the alias exists, 400 if the routing is wrong
     */
    public DeployedFunction createAlias(DeployedFunction function, Alias draft) {
        requireTargets(function, draft);
        if (function.alias(draft.name()).isPresent()) {
            throw LambdaFault.conflict("Alias already exists: " + arns.qualified(function.name(), draft.name()));
        }
        return function.withAlias(revised(draft));
    }

    /**
     * UpdateAlias.
     *
     * @param revisionId the alias's RevisionId that the caller expects, if given
     * @throws LambdaFault 404 if there is no such alias or version, 412 if the RevisionId is another, 400 if the routing is
     *     wrong
     */
    public DeployedFunction updateAlias(DeployedFunction function, Alias draft, Optional<String> revisionId) {
        Alias present = alias(function, draft.name());
        requireRevision(revisionId, present.revisionId(), "GetFunction/GetAlias");
        requireTargets(function, draft);
        return function.withAlias(revised(draft));
    }

    /** DeleteAlias: deleting one that does not exist is no error. */
    public DeployedFunction deleteAlias(DeployedFunction function, String name) {
        return function.withoutAlias(name);
    }

    /**
     * The alias with this name.
     *
     * @throws LambdaFault 404 if there is none
     */
    public Alias alias(DeployedFunction function, String name) {
        return function.alias(name)
                .orElseThrow(
                        () -> LambdaFault.notFound("Cannot find alias arn: " + arns.qualified(function.name(), name)));
    }

    private Alias revised(Alias draft) {
        return new Alias(draft.name(), draft.version(), draft.description(), draft.canary(), ids.get());
    }

    private void requireTargets(DeployedFunction function, Alias draft) {
        if (!function.hasVersion(draft.version())) {
            throw missing(function, draft.version());
        }
        if (draft.canary().isPresent()) {
            requireRouting(function, draft, draft.canary().get());
        }
    }

    /** See <a href="https://docs.aws.amazon.com/lambda/latest/dg/configuring-alias-routing.html">alias routing</a>. */
    private void requireRouting(DeployedFunction function, Alias draft, Alias.Canary canary) {
        if (draft.version().equals(DeployedFunction.LATEST)) {
            throw LambdaFault.invalid("$LATEST is not supported for an alias pointing to more than 1 version");
        }
        if (canary.version().equals(DeployedFunction.LATEST)) {
            throw LambdaFault.invalid("$LATEST is not supported for an alias pointing to more than 1 version");
        }
        if (canary.version().equals(draft.version())) {
            throw LambdaFault.invalid("Invalid function version " + canary.version() + ". Function version "
                    + canary.version() + " is already included in routing configuration.");
        }
        Version second = function.version(canary.version()).orElseThrow(() -> missing(function, canary.version()));
        Version first = function.version(draft.version()).orElseThrow(() -> missing(function, draft.version()));
        if (!first.configuration().role().equals(second.configuration().role())
                || !first.configuration()
                        .deadLetterArn()
                        .equals(second.configuration().deadLetterArn())) {
            throw LambdaFault.invalid("Versions " + first.number() + " and " + second.number()
                    + " cannot share an alias: they must have the same execution role and dead-letter target");
        }
    }

    /**
     * What every change of a function asks for.
     *
     * @throws LambdaFault 409 while Pending or InProgress
     */
    public void requireIdle(DeployedFunction function) {
        if (function.latest().isPending()) {
            throw pending();
        }
        if (function.latest().isUpdating()) {
            throw LambdaFault.conflict(
                    "The operation cannot be performed at this time. An update is in progress for resource: "
                            + arns.function(function.name()));
        }
    }

    /** The 409 of a function or version that is still Pending. */
    public static LambdaFault pending() {
        return LambdaFault.conflict(
                "The operation cannot be performed at this time. The function is currently in the following state: Pending");
    }

    /**
     * PutProvisionedConcurrencyConfig, after the quotas were checked.
     *
     * @param qualifier a version's number or an alias
     * @throws LambdaFault 400 for {@code $LATEST}, 404 if there is no such version or alias, 409 if another qualifier
     *     provisions the same version
     */
    public DeployedFunction provision(DeployedFunction function, String qualifier, int requested, Instant now) {
        requireProvisionable(function, qualifier);
        Provisioned provisioned =
                new Provisioned(requested, now, now.plus(windows.get().activation()));
        return function.withOptions(function.options().withProvisioned(qualifier, Optional.of(provisioned)));
    }

    private void requireProvisionable(DeployedFunction function, String qualifier) {
        boolean named = !qualifier.matches("[0-9]+") && !qualifier.equals(DeployedFunction.LATEST);
        String number = named ? alias(function, qualifier).version() : qualifier;
        if (number.equals(DeployedFunction.LATEST)) {
            throw LambdaFault.invalid(
                    "Provisioned Concurrency Configs cannot be applied to unpublished function versions.");
        }
        Version version = function.version(number).orElseThrow(() -> missing(function, qualifier));
        if (version.configuration().snapStart()) {
            throw LambdaFault.invalid("Provisioned Concurrency is not supported on versions with SnapStart.");
        }
        if (named && function.options().isProvisioned(number::equals)) {
            throw LambdaFault.conflict(
                    "Alias can't be used for Provisioned Concurrency configuration on an already Provisioned version");
        }
        if (!named
                && function.options().isProvisioned(other -> function.alias(other)
                        .filter(alias -> alias.refersTo(number))
                        .isPresent())) {
            throw LambdaFault.conflict("Version is pointed by a Provisioned Concurrency alias");
        }
    }

    private LambdaFault missing(DeployedFunction function, String qualifier) {
        return LambdaFault.notFound("Function not found: " + arns.qualified(function.name(), qualifier));
    }

    private static void requireRevision(Optional<String> expected, String present, String call) {
        if (expected.isPresent() && !expected.get().equals(present)) {
            throw LambdaFault.of(
                    LambdaFault.Kind.PRECONDITION_FAILED,
                    "The Revision Id provided does not match the latest Revision Id. Call the " + call
                            + " API to retrieve the latest Revision Id");
        }
    }
}
