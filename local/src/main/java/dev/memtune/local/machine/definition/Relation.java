// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.machine.definition;

/** How two values are compared; the names are the middle part of the operators' names. */
public enum Relation {
    EQUALS("Equals"),
    LESS_THAN("LessThan"),
    LESS_THAN_EQUALS("LessThanEquals"),
    GREATER_THAN("GreaterThan"),
    GREATER_THAN_EQUALS("GreaterThanEquals");

    private final String wireName;

    Relation(String wireName) {
        this.wireName = wireName;
    }

    String wireName() {
        return wireName;
    }

    /** @param order negative, zero or positive, as from {@link Comparable#compareTo} */
    boolean holds(int order) {
        return switch (this) {
            case EQUALS -> order == 0;
            case LESS_THAN -> order < 0;
            case LESS_THAN_EQUALS -> order <= 0;
            case GREATER_THAN -> order > 0;
            case GREATER_THAN_EQUALS -> order >= 0;
        };
    }
}
