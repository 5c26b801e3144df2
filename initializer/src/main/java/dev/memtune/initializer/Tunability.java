// SPDX-License-Identifier: Apache-2.0
package dev.memtune.initializer;

import dev.memtune.core.change.OutOfTime;
import dev.memtune.core.change.Patience;
import dev.memtune.core.failure.NotTunable;
import dev.memtune.core.function.AliasConfiguration;
import dev.memtune.core.function.FunctionConfiguration;
import dev.memtune.core.function.PowerValue;
import dev.memtune.core.port.FunctionControl;
import dev.memtune.core.port.LambdaFault;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** The kinds and states of functions that cannot be tuned. */
final class Tunability {
    private Tunability() {}

    static FunctionConfiguration settled(FunctionControl control, String function, Patience patience) {
        try {
            for (int attempt = 0; ; attempt++) {
                FunctionConfiguration now = patience.read(
                        "reading " + function, () -> control.configuration(function, FunctionConfiguration.LATEST));
                boolean waiting = !now.isSettled() || now.state().equals("Pending");
                if (!waiting) {
                    return now;
                }
                patience.pause("an update of " + function + " to complete", attempt);
            }
        } catch (OutOfTime e) {
            throw new NotTunable(function + " is being updated and did not settle in time; try again later");
        } catch (LambdaFault.NotFound e) {
            throw new NotTunable("there is no function " + function
                    + "; check its name, the region and the account. AWS: " + e.getMessage());
        }
    }

    static void requireTunable(FunctionConfiguration latest) {
        String reason = latest.untunableReason();
        if (reason != null) {
            throw new NotTunable(latest.functionName() + " cannot be tuned: " + reason);
        }
        if (latest.state().equals("Failed")) {
            throw new NotTunable(latest.functionName() + " is in the state Failed; deploy it anew first");
        }
        if (latest.memoryMB() < PowerValue.MIN_MB || latest.memoryMB() > PowerValue.MAX_MB) {
            throw new NotTunable(latest.functionName() + " has " + latest.memoryMB() + " MB; only functions of "
                    + PowerValue.MIN_MB + " to " + PowerValue.MAX_MB + " MB can be tuned");
        }
    }

    static void requireUnweighted(@Nullable AliasConfiguration alias) {
        if (alias != null && alias.isWeighted()) {
            throw new NotTunable("the alias " + alias.name() + " splits its calls between versions " + alias.version()
                    + " and " + alias.weights().keySet()
                    + ": a deployment is under way; tune when it has ended, or without promotion");
        }
    }

    static void requireInvocable(String function, OptionalInt reservedConcurrency) {
        if (reservedConcurrency.orElse(1) == 0) {
            throw new NotTunable(function + " has a reserved concurrency of 0, so it cannot be invoked; raise it with"
                    + " `aws lambda put-function-concurrency`");
        }
    }
}
