// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.machine.definition;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memtune.local.machine.data.Expression;
import dev.memtune.local.machine.data.Literal;
import dev.memtune.local.machine.data.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Parses the rules of a Choice. */
final class RuleParser {
    /** Every path that is replaced by this one has been reported. */
    private static final Path UNREADABLE = Path.parse("$");

    private static final Rule NO_RULE = new Rule.Or(List.of());
    private static final Set<String> OPERATORS = Comparison.names();

    private RuleParser() {}

    static List<State.Option> options(Fields fields) {
        List<State.Option> options = new ArrayList<>();
        ArrayNode array = fields.array("Choices");
        if (array == null || array.isEmpty()) {
            fields.problem("'Choices' must hold at least one rule");
            return options;
        }
        for (int i = 0; i < array.size(); i++) {
            Fields option = fields.element("Choices", i, array.get(i));
            if (option != null) {
                String next = option.requiredText("Next");
                options.add(new State.Option(rule(option), next));
            }
        }
        return options;
    }

    private static Rule rule(Fields fields) {
        Rule rule = NO_RULE;
        if (fields.has("And")) {
            rule = new Rule.And(rules(fields, "And"));
        } else if (fields.has("Or")) {
            rule = new Rule.Or(rules(fields, "Or"));
        } else if (fields.has("Not")) {
            rule = negation(fields);
        } else {
            rule = comparison(fields);
        }
        fields.refuseUnknown();
        return rule;
    }

    private static List<Rule> rules(Fields fields, String name) {
        List<Rule> rules = new ArrayList<>();
        ArrayNode array = fields.array(name);
        if (array == null || array.isEmpty()) {
            fields.problem("'" + name + "' must hold at least one rule");
            return rules;
        }
        for (int i = 0; i < array.size(); i++) {
            Fields element = fields.element(name, i, array.get(i));
            if (element != null) {
                rules.add(rule(element));
            }
        }
        return rules;
    }

    private static Rule negation(Fields fields) {
        ObjectNode json = fields.object("Not");
        return json == null
                ? NO_RULE
                : new Rule.Not(rule(new Fields(json, fields.where() + ", Not", fields.findings())));
    }

    private static Rule comparison(Fields fields) {
        fields.requiredText("Variable");
        Path variable = fields.parsed("Variable", Path::parse);
        List<String> operators = OPERATORS.stream().filter(fields::has).sorted().toList();
        if (operators.size() != 1) {
            fields.problem("exactly one comparison, And, Or or Not must be given, got: " + operators);
            return NO_RULE;
        }
        return comparison(fields, operators.getFirst(), variable == null ? UNREADABLE : variable);
    }

    private static Rule comparison(Fields fields, String operator, Path variable) {
        if (operator.equals("StringMatches")) {
            Wildcard pattern = fields.parsed(operator, Wildcard::parse);
            return pattern == null ? NO_RULE : new Rule.Matches(variable, pattern);
        }
        if (operator.startsWith("Is")) {
            return typeTest(fields, operator, variable);
        }
        Comparison comparison = Comparison.of(operator);
        Expression other = operand(fields, operator, comparison);
        return other == null ? NO_RULE : new Rule.Compares(variable, comparison.type(), comparison.relation(), other);
    }

    private static @Nullable Expression operand(Fields fields, String operator, Comparison comparison) {
        if (comparison.isPath()) {
            return fields.parsed(operator, Path::parse);
        }
        JsonNode value = fields.node(operator);
        if (value == null || !comparison.type().holds(value)) {
            fields.problem("'" + operator + "' must be a " + comparison.type().wireName() + ", got: " + value);
            return null;
        }
        return new Literal(value);
    }

    private static Rule typeTest(Fields fields, String operator, Path variable) {
        JsonNode expected = fields.node(operator);
        if (expected == null || !expected.isBoolean()) {
            fields.problem("'" + operator + "' must be true or false, got: " + expected);
            return NO_RULE;
        }
        return operator.equals("IsPresent")
                ? new Rule.Presence(variable, expected.booleanValue())
                : new Rule.OfType(variable, Comparison.tested(operator), expected.booleanValue());
    }
}
