// SPDX-License-Identifier: Apache-2.0
package dev.memtune.initializer;

import dev.memtune.core.change.Patience;
import dev.memtune.core.failure.NotTunable;
import dev.memtune.core.function.AliasConfiguration;
import dev.memtune.core.function.FunctionConfiguration;
import dev.memtune.core.function.FunctionReference;
import dev.memtune.core.port.FunctionControl;
import dev.memtune.core.port.LambdaFault;
import dev.memtune.core.wire.TuningInput;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The function that is to be tuned, as it is found.
 *
 * @param latest {@code $LATEST}, settled
 * @param highestVersion the highest version number; 0 if none was ever published
 * @param promoteAlias the alias to promote; null if none is asked for or it does not exist
 * @param reservedConcurrency the function's own limit, if it has one
 * @param unreservedConcurrency the account's limit, if it is known
 */
record Subject(
        FunctionConfiguration latest,
        int highestVersion,
        @Nullable AliasConfiguration promoteAlias,
        OptionalInt reservedConcurrency,
        OptionalInt unreservedConcurrency) {
    /** Reads the function and refuses it if it cannot be tuned. @throws NotTunable with the reason */
    static Subject of(FunctionControl control, FunctionReference reference, TuningInput input, Patience patience) {
        String function = reference.unqualified();
        FunctionConfiguration latest = Tunability.settled(control, function, patience);
        Tunability.requireTunable(latest);
        requireLatestCode(control, reference, latest, patience);
        AliasConfiguration alias = promoteAlias(control, function, input, patience);
        Tunability.requireUnweighted(alias);
        OptionalInt reserved = known(patience, () -> control.reservedConcurrency(function));
        Tunability.requireInvocable(function, reserved);
        int highest = patience.read("listing versions of " + function, () -> control.versions(function)).stream()
                .filter(version -> !version.version().equals(FunctionConfiguration.LATEST))
                .mapToInt(version -> Integer.parseInt(version.version()))
                .max()
                .orElse(0);
        return new Subject(latest, highest, alias, reserved, known(patience, control::unreservedConcurrency));
    }

    private static @Nullable AliasConfiguration promoteAlias(
            FunctionControl control, String function, TuningInput input, Patience patience) {
        String name = input.promoteAlias();
        if (!input.promote() || name == null) {
            return null;
        }
        return patience.read("reading the alias " + name, () -> control.alias(function, name))
                .orElse(null);
    }

    private static void requireLatestCode(
            FunctionControl control, FunctionReference reference, FunctionConfiguration latest, Patience patience) {
        String qualifier = reference.qualifier();
        if (qualifier == null) {
            return;
        }
        FunctionConfiguration named = patience.read(
                "reading " + reference.unqualified() + ":" + qualifier,
                () -> control.configuration(reference.unqualified(), qualifier));
        if (!named.hasSameCodeAndSettings(latest)) {
            throw new NotTunable(reference.name() + ":" + qualifier + " has other code or settings than $LATEST,"
                    + " and only $LATEST can be published; deploy that code first, or tune " + reference.name());
        }
    }

    private static OptionalInt known(Patience patience, Supplier<OptionalInt> limit) {
        try {
            return patience.read("reading concurrency limits", limit);
        } catch (LambdaFault.Unsupported | LambdaFault.Denied e) {
            return OptionalInt.empty();
        }
    }
}
