// SPDX-License-Identifier: Apache-2.0
package dev.memtune.initializer;

import dev.memtune.core.change.Patience;
import dev.memtune.core.check.CheckPlanner;
import dev.memtune.core.failure.NotTunable;
import dev.memtune.core.function.AliasConfiguration;
import dev.memtune.core.function.FunctionConfiguration;
import dev.memtune.core.port.FunctionControl;
import dev.memtune.core.port.LambdaFault;
import dev.memtune.core.run.Arm;
import dev.memtune.core.wire.CheckInput;
import dev.memtune.core.wire.Contender;

/** Finds the two versions that a check compares. */
final class Contenders {
    private final FunctionControl control;
    private final String function;
    private final Patience patience;

    Contenders(FunctionControl control, String function, Patience patience) {
        this.control = control;
        this.function = function;
        this.patience = patience;
    }

    /** The check with what its names mean now. @throws NotTunable if one means nothing, or both the same */
    CheckInput find(CheckInput check, FunctionConfiguration latest) {
        Contender candidate = check.candidate().equals(FunctionConfiguration.LATEST)
                ? contender(check.candidate(), new Arm(CheckPlanner.CANDIDATE, latest.memoryMB(), null, null), latest)
                : existing(CheckPlanner.CANDIDATE, check.candidate());
        Contender baseline = existing(CheckPlanner.BASELINE, check.baseline());
        String version = candidate.arm().version();
        if (version != null && version.equals(baseline.arm().version())) {
            throw new NotTunable(check.candidate() + " and " + check.baseline() + " of " + function
                    + " are both version " + version + ", so there is nothing to compare");
        }
        return check.found(candidate, baseline);
    }

    private static Contender contender(String name, Arm arm, FunctionConfiguration configuration) {
        return new Contender(name, arm, configuration.architecture());
    }

    private Contender existing(String armId, String name) {
        String version = name.matches("\\d+") ? name : aliased(name);
        FunctionConfiguration configuration;
        try {
            configuration = patience.read(
                    "reading " + function + ":" + version, () -> control.configuration(function, version));
        } catch (LambdaFault.NotFound e) {
            throw new NotTunable("there is no version " + version + " of " + function + ". AWS: " + e.getMessage());
        }
        if (configuration.state().equals("Failed")) {
            throw new NotTunable("version " + version + " of " + function + " is in the state Failed; name another");
        }
        return contender(name, new Arm(armId, configuration.memoryMB(), version, null), configuration);
    }

    private String aliased(String name) {
        AliasConfiguration alias = patience.read("reading the alias " + name, () -> control.alias(function, name))
                .orElseThrow(() -> new NotTunable("there is no alias " + name + " of " + function
                        + "; create it, or name the version to compare with"));
        if (alias.isWeighted()) {
            throw new NotTunable("the alias " + name + " of " + function + " splits its calls between versions "
                    + alias.version() + " and " + alias.weights().keySet() + "; name the version to compare with");
        }
        if (alias.version().equals(FunctionConfiguration.LATEST)) {
            throw new NotTunable("the alias " + name + " of " + function
                    + " points to $LATEST, which changes; publish a version to compare with");
        }
        return alias.version();
    }
}
