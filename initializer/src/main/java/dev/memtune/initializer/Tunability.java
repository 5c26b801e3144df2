// SPDX-License-Identifier: Apache-2.0
package dev.memtune.initializer;

import dev.memtune.core.change.OutOfTime;
import dev.memtune.core.change.Patience;
import dev.memtune.core.failure.BadInput;
import dev.memtune.core.failure.NotTunable;
import dev.memtune.core.failure.Problem;
import dev.memtune.core.function.AccountLimits;
import dev.memtune.core.function.AliasConfiguration;
import dev.memtune.core.function.FunctionConfiguration;
import dev.memtune.core.function.PowerValue;
import dev.memtune.core.function.ProvisionedConcurrency;
import dev.memtune.core.port.FunctionControl;
import dev.memtune.core.port.LambdaFault;
import dev.memtune.core.wire.TargetTerms;
import java.util.List;
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

    static void requireTenant(FunctionConfiguration latest, @Nullable String tenantId) {
        if (latest.traits().tenantIsolated() && tenantId == null) {
            throw new BadInput(List.of(new Problem(
                    "tenantId",
                    "must be there, because every invocation of a function with tenant isolation names a tenant",
                    "nothing",
                    "Give a tenant that the tests may use")));
        }
        if (!latest.traits().tenantIsolated() && tenantId != null) {
            throw new BadInput(List.of(new Problem(
                    "tenantId",
                    "must not be there, because the function has no tenant isolation",
                    tenantId,
                    "Remove it")));
        }
    }

    /** @param declared whether a stack or Terraform declares the function, so that AWS CodeDeploy may be what splits */
    static void requireUnweighted(AliasConfiguration alias, boolean declared, TargetTerms terms) {
        boolean allowed = declared ? terms.allowCodeDeploy() : terms.allowWeightedAlias();
        if (alias.isWeighted() && !allowed) {
            String whose =
                    declared ? ", such as one of AWS CodeDeploy, which fails if somebody else moves the alias" : "";
            throw new NotTunable("the alias " + alias.name() + " splits its calls between versions " + alias.version()
                    + " and " + alias.weights().keySet() + ": a deployment is under way" + whose
                    + "; tune when it has ended, without promotion, or with \""
                    + (declared ? "allowCodeDeploy" : "allowWeightedAlias") + "\": true to end it");
        }
    }

    static void requireReady(String alias, ProvisionedConcurrency provisioned, TargetTerms terms) {
        if (!provisioned.isReady() && !terms.allowUnreadyConcurrency()) {
            throw new NotTunable("the provisioned concurrency of the alias " + alias + " is " + provisioned.status()
                    + " with " + provisioned.available() + " of " + provisioned.requested() + " environments"
                    + (provisioned.reason().isEmpty() ? "" : " (" + provisioned.reason() + ")")
                    + "; tune when it is READY, without promotion, or with \"allowUnreadyConcurrency\": true");
        }
    }

    /** Each version is stored on its own: <a href="https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html">quota</a>. */
    static void requireRoom(FunctionConfiguration latest, AccountLimits limits, int versions) {
        long needed = latest.traits().codeBytes() * versions;
        if (limits.codeBytesLeft().orElse(Long.MAX_VALUE) < needed) {
            throw new NotTunable(latest.functionName() + " has a package of "
                    + latest.traits().codeBytes() + " bytes, and " + versions + " versions of it need " + needed
                    + " bytes of code storage; the account has "
                    + limits.codeBytesLeft().getAsLong()
                    + " left in this region. Give fewer powerValues, or delete versions that nobody needs");
        }
    }

    static void requireInvocable(String function, OptionalInt reservedConcurrency) {
        if (reservedConcurrency.orElse(1) == 0) {
            throw new NotTunable(function + " has a reserved concurrency of 0, so it cannot be invoked; raise it with"
                    + " `aws lambda put-function-concurrency`");
        }
    }
}
