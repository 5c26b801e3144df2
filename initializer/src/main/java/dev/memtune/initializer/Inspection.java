// SPDX-License-Identifier: Apache-2.0
package dev.memtune.initializer;

import dev.memtune.core.change.Patience;
import dev.memtune.core.failure.NotTunable;
import dev.memtune.core.function.AccountLimits;
import dev.memtune.core.function.AliasConfiguration;
import dev.memtune.core.function.FunctionConfiguration;
import dev.memtune.core.function.FunctionReference;
import dev.memtune.core.function.ProvisionedConcurrency;
import dev.memtune.core.port.FunctionControl;
import dev.memtune.core.port.LambdaFault;
import dev.memtune.core.run.Declaration;
import dev.memtune.core.run.RunNotes;
import dev.memtune.core.wire.TuningInput;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Looks at a function from all sides, changes nothing, and refuses it if it cannot be tuned as asked. */
final class Inspection {
    private final FunctionControl control;
    private final FunctionReference reference;
    private final String function;
    private final TuningInput input;
    private final StackRules rules;
    private final Patience patience;
    private final List<String> warnings = new ArrayList<>();

    Inspection(
            FunctionControl control,
            FunctionReference reference,
            TuningInput input,
            StackRules rules,
            Patience patience) {
        this.control = control;
        this.reference = reference;
        this.function = reference.unqualified();
        this.input = input;
        this.rules = rules;
        this.patience = patience;
    }

    /**
     * Reads everything.
     *
     * @param synchronousMaxSeconds the longest time-out of a function whose answers are waited for
     * @throws NotTunable with the reason
     */
    Subject inspect(int synchronousMaxSeconds) {
        rules.requireAssumable(input.terms().assumeRoleArn());
        FunctionConfiguration latest = Tunability.settled(control, function, patience);
        Tunability.requireTunable(latest);
        Tunability.requireTenant(latest, input.terms().tenantId());
        Optional<Declaration> declaration = Declaration.of(tags(latest));
        requireLatestCode(latest);
        AliasConfiguration alias = promoteAlias(declaration.isPresent());
        boolean asynchronous = input.terms().asynchronous() || latest.timeoutSeconds() > synchronousMaxSeconds;
        if (asynchronous) {
            requireAsynchronous(latest);
        }
        OptionalInt reserved = known(() -> control.reservedConcurrency(function));
        Tunability.requireInvocable(function, reserved);
        AccountLimits limits = read("reading the account's limits", control::accountLimits);
        Tunability.requireRoom(latest, limits, input.powerValues().size());
        warnOfCallers();
        return new Subject(
                latest,
                highestVersion(),
                alias,
                reserved,
                limits.unreservedConcurrency(),
                asynchronous,
                new RunNotes(warnings, declaration.orElse(null)));
    }

    private Map<String, String> tags(FunctionConfiguration latest) {
        String arn = latest.functionArn();
        try {
            Map<String, String> tags = arn.isEmpty() ? Map.of() : read("reading tags", () -> control.tags(arn));
            rules.requireConsent(arn.isEmpty() ? function : arn, tags, input.promote());
            return tags;
        } catch (LambdaFault.Denied e) {
            if (rules.demandsTags()) {
                throw new NotTunable("the tags of " + arn + " must be readable, because this stack demands "
                        + rules.tuneTag() + "; allow lambda:ListTags on it. AWS: " + e.getMessage());
            }
            warnings.add("lambda:ListTags on " + arn
                    + " is not allowed, so whether a template declares its memory size is not known");
            return Map.of();
        }
    }

    private void requireLatestCode(FunctionConfiguration latest) {
        String qualifier = reference.qualifier();
        if (qualifier == null || input.check() != null) {
            return;
        }
        FunctionConfiguration named =
                read("reading " + function + ":" + qualifier, () -> control.configuration(function, qualifier));
        if (!named.hasSameCodeAndSettings(latest)) {
            throw new NotTunable(reference.name() + ":" + qualifier + " has other code or settings than $LATEST,"
                    + " and only $LATEST can be published; deploy that code first, or tune " + reference.name());
        }
    }

    private @Nullable AliasConfiguration promoteAlias(boolean declared) {
        String name = input.promoteAlias();
        if (!input.promote() || name == null) {
            return null;
        }
        AliasConfiguration alias = read("reading the alias " + name, () -> control.alias(function, name))
                .orElse(null);
        if (alias != null) {
            Tunability.requireUnweighted(alias, declared, input.terms());
            Optional<ProvisionedConcurrency> provisioned = read(
                    "reading the provisioned concurrency of " + name,
                    () -> control.provisionedConcurrency(function, name));
            provisioned.ifPresent(one -> Tunability.requireReady(name, one, input.terms()));
        }
        return alias;
    }

    private void requireAsynchronous(FunctionConfiguration latest) {
        AsynchronousTerms.requireLogs(latest);
        AsynchronousTerms.requireSmall(input.payloads());
        AsynchronousTerms.requireNoPostProcessor(input.procedure().postProcessor());
        if (!input.terms().allowDestinations()) {
            AsynchronousTerms.requireNoDeadLetters(latest);
            AsynchronousTerms.requireNoDestinations(
                    function, () -> read("reading destinations", () -> control.failureDestinations(function)));
        }
    }

    private void warnOfCallers() {
        List<String> callers = read("reading what calls $LATEST", () -> control.callersOfLatest(function));
        if (!callers.isEmpty()) {
            warnings.add("$LATEST itself seems to serve calls: " + String.join(", ", callers)
                    + ". While sizes are published, such calls may run at a trial size; let callers use an alias");
        }
    }

    private int highestVersion() {
        return read("listing versions of " + function, () -> control.versions(function)).stream()
                .filter(version -> !version.version().equals(FunctionConfiguration.LATEST))
                .mapToInt(version -> Integer.parseInt(version.version()))
                .max()
                .orElse(0);
    }

    private OptionalInt known(Supplier<OptionalInt> limit) {
        try {
            return read("reading concurrency limits", limit);
        } catch (LambdaFault.Unsupported | LambdaFault.Denied e) {
            return OptionalInt.empty();
        }
    }

    private <T> T read(String what, Supplier<T> call) {
        return patience.read(what, call);
    }
}
