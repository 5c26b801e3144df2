// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.wire;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** How sizes and invocations are chosen. */
public enum SearchPolicy {
    /** Searches for a first answer. */
    QUICK("quick", true),
    /** Searches until no size is more than 5 % better, at 95 % confidence. */
    STANDARD("standard", true),
    /** Searches until no size is more than 3 % better, at 95 % confidence. */
    RIGOROUS("rigorous", true),
    /** The same number of invocations at every size, as asked. */
    EXHAUSTIVE("exhaustive", false),
    /** As exhaustive, decided by the rule of AWS Lambda Power Tuning. */
    LEADER("leader", false);

    private final String wireName;
    private final boolean isSearch;

    SearchPolicy(String wireName, boolean isSearch) {
        this.wireName = wireName;
        this.isSearch = isSearch;
    }

    /** The name in JSON and on the command line. */
    @JsonValue
    public String wireName() {
        return wireName;
    }

    /** Whether it chooses itself how often each size is invoked, and {@code num} is only the most. */
    public boolean isSearch() {
        return isSearch;
    }

    /** The policy of this name, or empty if there is none. */
    public static Optional<SearchPolicy> of(String name) {
        return Arrays.stream(values())
                .filter(policy -> policy.wireName.equals(name))
                .findFirst();
    }

    /** The names of all. */
    public static List<String> names() {
        return Arrays.stream(values()).map(SearchPolicy::wireName).toList();
    }

    /** Reads a stored name. @throws IllegalArgumentException if there is no such policy */
    @JsonCreator
    static SearchPolicy parse(String name) {
        return of(name).orElseThrow(
                        () -> new IllegalArgumentException("policy must be one of " + names() + ", got: " + name));
    }
}
