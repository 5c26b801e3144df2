// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.registry;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.memtune.core.port.LambdaFault;
import dev.memtune.core.registry.StackState.Changing;
import dev.memtune.core.wire.AlgorithmType;
import java.util.List;
import org.junit.jupiter.api.Test;

class InMemoryAlgorithmStacksTest extends AlgorithmStacksContract {
    private final InMemoryAlgorithmStacks stacks = new InMemoryAlgorithmStacks();

    @Override
    protected AlgorithmStacks stacks() {
        return stacks;
    }

    @Override
    protected UploadContent content(String name, AlgorithmType type) {
        return Items.content(name, type);
    }

    @Override
    protected UploadContent broken(String name) {
        return Items.content(name, AlgorithmType.TRANSFORM);
    }

    @Override
    protected void settle(String name, boolean isBroken) {
        if (!(stacks.state(name) instanceof Changing)) {
            return;
        }
        if (isBroken) {
            stacks.fail(name, List.of("Function: no such handler"));
        } else {
            stacks.succeed(name);
        }
    }

    @Override
    protected void promote(String name) {
        // Nothing here looks at aliases.
    }

    @Test
    void refusesAChangeDuringAnother() {
        stacks.deploy(Items.uploaded("alpha"));

        assertThatExceptionOfType(LambdaFault.Conflict.class).isThrownBy(() -> stacks.remove("alpha"));
    }
}
