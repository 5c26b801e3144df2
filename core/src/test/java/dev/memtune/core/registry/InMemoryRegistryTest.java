// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.registry;

class InMemoryRegistryTest extends RegistryContract {
    private final InMemoryRegistry registry = new InMemoryRegistry();

    @Override
    protected Registry registry() {
        return registry;
    }
}
