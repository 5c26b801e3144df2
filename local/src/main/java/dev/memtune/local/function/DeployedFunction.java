// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.function;

import java.time.Instant;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A function with everything that belongs to it. Immutable; {@link Lifecycle} makes the next state.
 *
 * @param name the bare name
 * @param latest {@code $LATEST}
 * @param lastVersion the highest version number ever given, 0 if none
 * @param versions the published versions that exist
 * @param aliases the aliases by name
 * @param options what belongs to the function and is no part of its configuration
 */
public record DeployedFunction(
        String name,
        Latest latest,
        int lastVersion,
        NavigableMap<Integer, Version> versions,
        NavigableMap<String, Alias> aliases,
        FunctionOptions options) {

    /** The qualifier of the unpublished state. */
    public static final String LATEST = "$LATEST";

    /** Copies the maps. */
    public DeployedFunction {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(latest, "latest");
        versions = Collections.unmodifiableNavigableMap(new TreeMap<>(versions));
        aliases = Collections.unmodifiableNavigableMap(new TreeMap<>(aliases));
        Objects.requireNonNull(options, "options");
    }

    /** This function at a time: a transition whose time has come is complete. */
    public DeployedFunction settled(Instant now) {
        return withLatest(latest.settled(now));
    }

    /** The published version with this number, if it exists. */
    public Optional<Version> version(String number) {
        return number.matches("[0-9]{1,9}")
                ? Optional.ofNullable(versions.get(Integer.parseInt(number)))
                : Optional.empty();
    }

    /** Whether this is {@code $LATEST} or an existing published version. */
    public boolean hasVersion(String number) {
        return number.equals(LATEST) || version(number).isPresent();
    }

    /** The alias with this name, if it exists. */
    public Optional<Alias> alias(String alias) {
        return Optional.ofNullable(aliases.get(alias));
    }

    /** The same with another {@code $LATEST}. */
    DeployedFunction withLatest(Latest newLatest) {
        return newLatest.equals(latest)
                ? this
                : new DeployedFunction(name, newLatest, lastVersion, versions, aliases, options);
    }

    DeployedFunction withVersion(Version version) {
        NavigableMap<Integer, Version> changed = new TreeMap<>(versions);
        changed.put(version.number(), version);
        int highest = Math.max(lastVersion, version.number());
        return new DeployedFunction(name, latest, highest, changed, aliases, options);
    }

    DeployedFunction withoutVersion(int number) {
        NavigableMap<Integer, Version> changed = new TreeMap<>(versions);
        changed.remove(number);
        FunctionOptions left = options.without(Integer.toString(number));
        return new DeployedFunction(name, latest, lastVersion, changed, aliases, left);
    }

    DeployedFunction withAlias(Alias alias) {
        NavigableMap<String, Alias> changed = new TreeMap<>(aliases);
        changed.put(alias.name(), alias);
        return new DeployedFunction(name, latest, lastVersion, versions, changed, options);
    }

    DeployedFunction withoutAlias(String alias) {
        NavigableMap<String, Alias> changed = new TreeMap<>(aliases);
        changed.remove(alias);
        return new DeployedFunction(name, latest, lastVersion, versions, changed, options.without(alias));
    }

    /** The same with other options; they are no change of the configuration. */
    public DeployedFunction withOptions(FunctionOptions newOptions) {
        return new DeployedFunction(name, latest, lastVersion, versions, aliases, newOptions);
    }
}
