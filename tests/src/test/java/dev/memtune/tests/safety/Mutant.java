// SPDX-License-Identifier: Apache-2.0
package dev.memtune.tests.safety;

import dev.memtune.core.port.FunctionControl;
import dev.memtune.core.port.FunctionInvoker;
import dev.memtune.core.port.RunStore;

/** A defect of the safety core, put between the steps and their ports. */
enum Mutant {
    NONE;

    FunctionControl control(FunctionControl real) {
        return real;
    }

    FunctionInvoker invoker(FunctionInvoker real) {
        return real;
    }

    RunStore store(RunStore real) {
        return real;
    }
}
