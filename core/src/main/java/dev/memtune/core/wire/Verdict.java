// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.wire;

import com.fasterxml.jackson.annotation.JsonValue;

/** How a memory size stands to the best one. */
public enum Verdict {
    /** The one to take. */
    BEST("best"),
    /** As good as the best, within the tolerance. */
    WITHIN_TOLERANCE("within tolerance"),
    /** It costs more, and that is no accident of the sample. */
    DEARER("dearer"),
    /** It takes longer, and that is no accident of the sample. */
    SLOWER("slower"),
    /** It balances cost and duration worse, and that is no accident of the sample. */
    WORSE("worse"),
    /** It looks worse by more than the tolerance, but the invocations do not prove it. */
    NOT_SEPARATED("not separated"),
    /** It does not keep to the limit on duration or cost that was asked for. */
    MISSES_LIMIT("misses the limit"),
    /** No size keeps to the limit; this one is the nearest to it. */
    NEAREST("nearest to the limit"),
    /** It cannot work. */
    INFEASIBLE("infeasible"),
    /** Nothing is known of it. */
    NOT_MEASURED("not measured");

    private final String wireName;

    Verdict(String wireName) {
        this.wireName = wireName;
    }

    /** The name in JSON and tables. */
    @JsonValue
    public String wireName() {
        return wireName;
    }
}
