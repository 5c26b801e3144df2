// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.service;

import dev.memtune.local.function.DeployedFunction;
import java.util.Optional;

/** Is told of every change of a function; must not block. */
@FunctionalInterface
interface ChangeListener {
    /** A function's state was replaced; empty stands for no function. */
    void replaced(Optional<DeployedFunction> before, Optional<DeployedFunction> after);
}
