// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.wire;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;

/** What a check says of a gate, or of all of them. */
public enum CheckVerdict {
    /** The candidate keeps to it, at the stated confidence. */
    PASS("pass"),
    /** It does not, at the stated confidence; and eight times surer, it is worse at all. */
    FAIL("fail"),
    /** The budget did not settle it. */
    UNDECIDED("undecided");

    private final String wireName;

    CheckVerdict(String wireName) {
        this.wireName = wireName;
    }

    /** The name in JSON and in tables. */
    @JsonValue
    public String wireName() {
        return wireName;
    }

    /** Reads a stored name. @throws IllegalArgumentException if there is no such verdict */
    @JsonCreator
    static CheckVerdict parse(String name) {
        return Arrays.stream(values())
                .filter(verdict -> verdict.wireName.equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("not a verdict of a check: " + name));
    }
}
