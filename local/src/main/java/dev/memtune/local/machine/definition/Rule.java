// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.machine.definition;

import com.fasterxml.jackson.databind.JsonNode;
import dev.memtune.local.machine.data.Expression;
import dev.memtune.local.machine.data.Frame;
import dev.memtune.local.machine.data.Path;
import java.util.List;

/** A rule of a Choice. */
public sealed interface Rule {
    /**
     * Whether it holds for the data.
     *
     * @throws dev.memtune.local.machine.data.StateFailure States.Runtime if it looks at data that are not there
     */
    boolean isTrue(Frame frame);

    /** True if all are. */
    record And(List<Rule> rules) implements Rule {
        public And {
            rules = List.copyOf(rules);
        }

        @Override
        public boolean isTrue(Frame frame) {
            return rules.stream().allMatch(rule -> rule.isTrue(frame));
        }
    }

    /** True if at least one is. */
    record Or(List<Rule> rules) implements Rule {
        public Or {
            rules = List.copyOf(rules);
        }

        @Override
        public boolean isTrue(Frame frame) {
            return rules.stream().anyMatch(rule -> rule.isTrue(frame));
        }
    }

    /** True if the other is not. */
    record Not(Rule rule) implements Rule {
        @Override
        public boolean isTrue(Frame frame) {
            return !rule.isTrue(frame);
        }
    }

    /** IsPresent. */
    record Presence(Path variable, boolean expected) implements Rule {
        @Override
        public boolean isTrue(Frame frame) {
            return variable.find(frame).isPresent() == expected;
        }
    }

    /** IsNull, IsString and so on. */
    record OfType(Path variable, ValueType type, boolean expected) implements Rule {
        @Override
        public boolean isTrue(Frame frame) {
            return type.holds(variable.evaluate(frame)) == expected;
        }
    }

    /** StringMatches. */
    record Matches(Path variable, Wildcard pattern) implements Rule {
        @Override
        public boolean isTrue(Frame frame) {
            JsonNode value = variable.evaluate(frame);
            return value.isTextual() && pattern.matches(value.textValue());
        }
    }

    /** StringEquals, NumericLessThanPath and so on. Values of another type than the comparison's make it false. */
    record Compares(Path variable, ValueType type, Relation relation, Expression other) implements Rule {
        @Override
        public boolean isTrue(Frame frame) {
            JsonNode left = variable.evaluate(frame);
            JsonNode right = other.evaluate(frame);
            return type.holds(left) && type.holds(right) && relation.holds(type.compare(left, right));
        }
    }
}
