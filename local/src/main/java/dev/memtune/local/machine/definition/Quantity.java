// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.machine.definition;

import com.fasterxml.jackson.databind.JsonNode;
import dev.memtune.local.machine.data.Frame;
import dev.memtune.local.machine.data.Path;
import dev.memtune.local.machine.data.StateFailure;

/** A whole number that stands in the definition or in the data. */
public sealed interface Quantity {
    /** The largest number of seconds that the language allows, about three years. */
    long MAX = 99_999_999;

    /**
     * The number.
     *
     * @throws StateFailure States.Runtime if the data hold no whole number from {@code min} to {@link #MAX}
     */
    long value(Frame frame, long min);

    /**
     * A number that stands in the definition.
     *
     * @param value as parsed, within the limits of its field
     */
    record Fixed(long value) implements Quantity {
        @Override
        public long value(Frame frame, long min) {
            return value;
        }
    }

    /**
     * A number that stands in the data.
     *
     * @param path where the number stands
     */
    record At(Path path) implements Quantity {
        @Override
        public long value(Frame frame, long min) {
            JsonNode node = path.evaluate(frame);
            if (!node.canConvertToExactIntegral() || node.longValue() < min || node.longValue() > MAX) {
                throw StateFailure.runtime(
                        "'" + path.text() + "' must hold a whole number from " + min + " to " + MAX + ", got: " + node);
            }
            return node.longValue();
        }
    }
}
