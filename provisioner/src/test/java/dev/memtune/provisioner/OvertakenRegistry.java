// SPDX-License-Identifier: Apache-2.0
package dev.memtune.provisioner;

import dev.memtune.core.registry.AlgorithmItem;
import dev.memtune.core.registry.Registry;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A registry in which somebody else is a moment faster, once. */
final class OvertakenRegistry implements Registry {
    private final Registry registry;
    private @Nullable Runnable faster;

    OvertakenRegistry(Registry registry) {
        this.registry = registry;
    }

    /** What happens just before the next write. */
    void before(Runnable write) {
        faster = write;
    }

    @Override
    public Optional<AlgorithmItem> find(String name) {
        return registry.find(name);
    }

    @Override
    public List<AlgorithmItem> all() {
        return registry.all();
    }

    @Override
    public boolean put(AlgorithmItem item) {
        Runnable write = faster;
        faster = null;
        if (write != null) {
            write.run();
        }
        return registry.put(item);
    }

    @Override
    public boolean remove(String name, long revision) {
        return registry.remove(name, revision);
    }
}
