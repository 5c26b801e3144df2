// SPDX-License-Identifier: Apache-2.0
package dev.memtune.promoter;

import dev.memtune.core.change.OutOfTime;
import dev.memtune.core.change.Patience;
import dev.memtune.core.function.AliasConfiguration;
import dev.memtune.core.function.ProvisionedConcurrency;
import dev.memtune.core.port.FunctionControl;
import dev.memtune.core.port.LambdaFault;
import java.time.Duration;
import java.util.Optional;

/**
 * The environments that are kept ready behind an alias. When it moves, AWS makes as many for the new version, which takes
 * a minute or two, and lets the alias split its calls until they are there.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/provisioned-concurrency.html">provisioned concurrency</a>
 */
final class Environments {
    private static final Duration LOOK_EVERY = Duration.ofSeconds(5);

    private final FunctionControl control;
    private final String function;
    private final String alias;

    Environments(FunctionControl control, String function, String alias) {
        this.control = control;
        this.function = function;
        this.alias = alias;
    }

    /** Waits until they are ready for the new version; says what is wrong if they do not get so. */
    String await(String version, Patience patience) {
        String wait = "the provisioned concurrency of " + alias;
        try {
            for (; ; patience.pause(wait, LOOK_EVERY)) {
                Optional<ProvisionedConcurrency> now =
                        patience.read("reading " + wait, () -> control.provisionedConcurrency(function, alias));
                if (now.isEmpty() || now.get().isFailed()) {
                    return now.map(failed -> "; " + wait + " failed: " + failed.reason())
                            .orElse("");
                }
                AliasConfiguration present = alias(patience).orElse(null);
                if (present == null || !refersTo(present, version)) {
                    return "; somebody else has moved the alias since";
                }
                if (now.get().isReady() && present.version().equals(version) && !present.isWeighted()) {
                    return "";
                }
            }
        } catch (OutOfTime e) {
            return "; " + wait + " was not ready when the time for waiting was over, AWS goes on with it";
        } catch (LambdaFault e) {
            return "; " + wait + " could not be read: " + e.getMessage();
        }
    }

    private Optional<AliasConfiguration> alias(Patience patience) {
        return patience.read("reading the alias " + alias, () -> control.alias(function, alias));
    }

    private static boolean refersTo(AliasConfiguration present, String version) {
        return present.version().equals(version) || present.weights().containsKey(version);
    }
}
