// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.port;

class InMemoryRunStoreTest implements RunStoreContract {
    private final InMemoryRunStore store = new InMemoryRunStore();

    @Override
    public RunStore store() {
        return store;
    }
}
