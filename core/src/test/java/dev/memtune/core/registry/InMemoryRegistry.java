// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.registry;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** A registry that is forgotten with its object; remembers its stream. */
public final class InMemoryRegistry implements Registry {
    private final TreeMap<String, AlgorithmItem> items = new TreeMap<>();
    private final List<ItemChange> stream = new ArrayList<>();

    @Override
    public synchronized Optional<AlgorithmItem> find(String name) {
        return Optional.ofNullable(items.get(name));
    }

    @Override
    public synchronized List<AlgorithmItem> all() {
        return List.copyOf(items.values());
    }

    @Override
    public synchronized boolean put(AlgorithmItem item) {
        Optional<AlgorithmItem> before = find(item.name());
        if (before.map(AlgorithmItem::revision).orElse(0L) != item.revision() - 1) {
            return false;
        }
        items.put(item.name(), item);
        stream.add(new ItemChange(before, Optional.of(item)));
        return true;
    }

    @Override
    public synchronized boolean remove(String name, long revision) {
        Optional<AlgorithmItem> before = find(name);
        if (before.map(AlgorithmItem::revision).orElse(0L) != revision) {
            return false;
        }
        items.remove(name);
        before.ifPresent(item -> stream.add(new ItemChange(before, Optional.empty())));
        return true;
    }

    /** Every change so far. */
    public synchronized List<ItemChange> stream() {
        return List.copyOf(stream);
    }
}
