// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.function;

import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What belongs to a function and is no part of its configuration: no version is made of it, and changing it changes no
 * RevisionId.
 *
 * @param reservedConcurrency the reserved concurrency, if set
 * @param provisioned provisioned concurrency by version number or alias
 * @param eventHandling how asynchronous invocations are handled, by version number, alias or {@code $LATEST}
 * @param tags the tags
 */
public record FunctionOptions(
        Optional<Integer> reservedConcurrency,
        NavigableMap<String, Provisioned> provisioned,
        NavigableMap<String, EventHandling> eventHandling,
        Map<String, String> tags) {

    /** A new function's. */
    public static final FunctionOptions NONE =
            new FunctionOptions(Optional.empty(), new TreeMap<>(), new TreeMap<>(), Map.of());

    /** Copies the maps. */
    public FunctionOptions {
        Objects.requireNonNull(reservedConcurrency, "reservedConcurrency");
        provisioned = Collections.unmodifiableNavigableMap(new TreeMap<>(provisioned));
        eventHandling = Collections.unmodifiableNavigableMap(new TreeMap<>(eventHandling));
        tags = Collections.unmodifiableNavigableMap(new TreeMap<>(tags));
    }

    /** The environments that are provisioned, over all versions and aliases. */
    public int provisionedTotal() {
        return provisioned.values().stream().mapToInt(Provisioned::requested).sum();
    }

    /** The same with another reserved concurrency. */
    public FunctionOptions withReservedConcurrency(Optional<Integer> reserved) {
        return new FunctionOptions(reserved, provisioned, eventHandling, tags);
    }

    /** The same with other tags. */
    public FunctionOptions withTags(Map<String, String> newTags) {
        return new FunctionOptions(reservedConcurrency, provisioned, eventHandling, newTags);
    }

    /** The same with provisioned concurrency for a version or alias; none if empty. */
    public FunctionOptions withProvisioned(String qualifier, Optional<Provisioned> value) {
        return new FunctionOptions(reservedConcurrency, changed(provisioned, qualifier, value), eventHandling, tags);
    }

    /** The same with another handling of asynchronous invocations of a qualifier; Lambda's defaults if empty. */
    public FunctionOptions withEventHandling(String qualifier, Optional<EventHandling> value) {
        return new FunctionOptions(reservedConcurrency, provisioned, changed(eventHandling, qualifier, value), tags);
    }

    /** The same without what belongs to a version or alias that is gone. */
    FunctionOptions without(String qualifier) {
        return withProvisioned(qualifier, Optional.empty()).withEventHandling(qualifier, Optional.empty());
    }

    /** Whether a version or alias of which this holds is provisioned. */
    boolean isProvisioned(Predicate<String> qualifier) {
        return provisioned.keySet().stream().anyMatch(qualifier);
    }

    private static <T> NavigableMap<String, T> changed(
            NavigableMap<String, T> map, String key, Optional<? extends T> value) {
        NavigableMap<String, T> copy = new TreeMap<>(map);
        value.ifPresentOrElse(v -> copy.put(key, v), () -> copy.remove(key));
        return copy;
    }
}
