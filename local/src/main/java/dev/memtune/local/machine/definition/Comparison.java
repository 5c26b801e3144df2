// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.machine.definition;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * A comparison operator, taken apart.
 *
 * @param type what is compared
 * @param relation how
 * @param isPath true if the other side is a path
 */
record Comparison(ValueType type, Relation relation, boolean isPath) {
    private static final Map<String, Comparison> BY_NAME = byName();

    private static Map<String, Comparison> byName() {
        Map<String, Comparison> byName = new HashMap<>();
        for (ValueType type : ValueType.values()) {
            for (Relation relation : Relation.values()) {
                boolean isOrdered = type != ValueType.BOOLEAN || relation == Relation.EQUALS;
                if (type != ValueType.NULL && isOrdered) {
                    String name = type.wireName() + relation.wireName();
                    byName.put(name, new Comparison(type, relation, false));
                    byName.put(name + "Path", new Comparison(type, relation, true));
                }
            }
        }
        return Map.copyOf(byName);
    }

    /** Every operator of the language but And, Or and Not. */
    static Set<String> names() {
        Set<String> names = new HashSet<>(BY_NAME.keySet());
        names.add("StringMatches");
        names.add("IsPresent");
        for (ValueType type : ValueType.values()) {
            names.add("Is" + type.wireName());
        }
        return Set.copyOf(names);
    }

    static Comparison of(String operator) {
        return Objects.requireNonNull(BY_NAME.get(operator), operator);
    }

    /** The type that IsString, IsNull and so on test for. */
    static ValueType tested(String operator) {
        for (ValueType type : ValueType.values()) {
            if (operator.equals("Is" + type.wireName())) {
                return type;
            }
        }
        throw new IllegalArgumentException("not a type test: " + operator);
    }
}
