// SPDX-License-Identifier: Apache-2.0
package dev.memtune.tests.safety;

/** What goes wrong at one point of a scenario. */
enum Fault {
    NONE,
    THROTTLED,
    FAILS_BEFORE_EFFECT,
    FAILS_AFTER_EFFECT,
    LATE_BY_1,
    LATE_BY_5,
    LATE_BY_20,
    CONFLICT,
    PRECONDITION_FAILED,
    DENIED_ONCE,
    DENIED_FROM_HERE,
    CRASH_BEFORE,
    CRASH_AFTER,
    HALT_BEFORE,
    HALT_AFTER,
    FOREIGN_SETTING,
    FOREIGN_MEMORY,
    FOREIGN_PUBLICATION,
    FOREIGN_DEPLOYMENT,
    FOREIGN_ALIAS_MOVE,
    SECOND_RUN,
    CLEAN_IN_GAP;

    /** Whether nothing runs any more after it: not even Clean. */
    boolean isHalt() {
        return this == HALT_BEFORE || this == HALT_AFTER;
    }

    /** Whether it can happen at a point where the run store is written. */
    boolean isOfStore() {
        return this == CRASH_BEFORE || this == CRASH_AFTER || isHalt() || this == CLEAN_IN_GAP;
    }

    /** Whether it makes a difference at a point of this kind. */
    boolean isPossibleAt(Points.Kind kind) {
        return switch (kind) {
            case WRITE -> isOfStore();
            case CHANGE -> this != NONE;
            case READ -> this != NONE && this != CONFLICT && this != PRECONDITION_FAILED && lateness() == 0;
        };
    }

    /** How many calls later the effect comes; 0 for at once. */
    int lateness() {
        return switch (this) {
            case LATE_BY_1 -> 1;
            case LATE_BY_5 -> 5;
            case LATE_BY_20 -> 20;
            default -> 0;
        };
    }
}
