// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.wire;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Optional;

/** What "best" means. {@code speed} is read as a synonym of {@code duration}. */
public enum Strategy {
    /** The cheapest size; among sizes that cost the same within the tolerance, the faster. */
    COST("cost"),
    /** The fastest size; among sizes that are as fast within the tolerance, the cheaper. */
    DURATION("duration"),
    /** The size that balances both by a weight: 1 is cost alone, 0 is duration alone. */
    BALANCED("balanced");

    private final String wireName;

    Strategy(String wireName) {
        this.wireName = wireName;
    }

    /** The name in JSON and on the command line. */
    @JsonValue
    public String wireName() {
        return wireName;
    }

    /** The strategy of this name, or empty if there is none. */
    public static Optional<Strategy> of(String name) {
        return switch (name) {
            case "cost" -> Optional.of(COST);
            case "duration", "speed" -> Optional.of(DURATION);
            case "balanced" -> Optional.of(BALANCED);
            default -> Optional.empty();
        };
    }
}
