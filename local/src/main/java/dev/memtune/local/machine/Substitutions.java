// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.machine;

import dev.memtune.local.machine.definition.InvalidDefinition;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts values into a definition's {@code ${Name}} places, as SAM's DefinitionSubstitutions do. */
public final class Substitutions {
    private static final Pattern PLACE = Pattern.compile("\\$\\{([^}\"]*)}");
    private static final Pattern NEEDS_ESCAPE = Pattern.compile("[\"\\\\\\p{Cntrl}]");

    private Substitutions() {}

    /**
     * The definition with all places filled.
     *
     * @param values by name; names that the definition lacks are ignored, as on AWS
     * @throws InvalidDefinition if a place is left over
     * @throws IllegalArgumentException if a value cannot stand within a JSON string as it is
     */
    public static String apply(String definition, Map<String, String> values) {
        values.forEach((name, value) -> {
            if (NEEDS_ESCAPE.matcher(value).find()) {
                throw new IllegalArgumentException("the value of ${" + name
                        + "} must have no quotation marks, backslashes or control characters, got: " + value);
            }
        });
        Set<String> missing = new TreeSet<>();
        String filled =
                PLACE.matcher(definition).replaceAll(place -> Matcher.quoteReplacement(value(place, values, missing)));
        if (!missing.isEmpty()) {
            throw new InvalidDefinition(List.of("no value is given for " + String.join(", ", missing)));
        }
        return filled;
    }

    private static String value(MatchResult place, Map<String, String> values, Set<String> missing) {
        String value = values.get(place.group(1));
        if (value == null) {
            missing.add(place.group());
            return place.group();
        }
        return value;
    }
}
