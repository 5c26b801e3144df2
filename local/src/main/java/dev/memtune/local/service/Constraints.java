// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.service;

import dev.memtune.local.function.LambdaFault;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Collects every violated constraint of a request and reports them together, in the words of AWS's services. */
final class Constraints {
    private final List<String> violations = new ArrayList<>();

    void range(String member, int value, int least, int most) {
        check(value >= least, member, value, "Member must have value greater than or equal to " + least);
        check(value <= most, member, value, "Member must have value less than or equal to " + most);
    }

    void length(String member, Optional<String> value, int least, int most) {
        value.ifPresent(text -> {
            check(text.length() >= least, member, text, "Member must have length greater than or equal to " + least);
            check(text.length() <= most, member, text, "Member must have length less than or equal to " + most);
        });
    }

    void pattern(String member, Optional<String> value, Pattern pattern) {
        value.ifPresent(text -> check(
                pattern.matcher(text).matches(),
                member,
                text,
                "Member must satisfy regular expression pattern: " + pattern));
    }

    void oneOf(String member, Optional<String> value, List<String> values) {
        value.ifPresent(
                text -> check(values.contains(text), member, text, "Member must satisfy enum value set: " + values));
    }

    /** A list whose elements are of a set. */
    void each(String member, List<String> elements, List<String> values, int most) {
        check(elements.size() <= most, member, elements, "Member must have length less than or equal to " + most);
        check(
                values.containsAll(elements),
                member,
                elements,
                "Member must satisfy constraint: [Member must satisfy enum value set: " + values + "]");
    }

    void present(String member, boolean present) {
        if (!present) {
            violations.add("Value null at '" + member + "' failed to satisfy constraint: Member must not be null");
        }
    }

    private void check(boolean holds, String member, Object value, String constraint) {
        if (!holds) {
            String text = String.valueOf(value);
            String shown = text.length() <= 300 ? text : text.substring(0, 300) + "...";
            violations.add("Value '" + shown + "' at '" + member + "' failed to satisfy constraint: " + constraint);
        }
    }

    /** @throws LambdaFault 400 with every violation, if there is any */
    void enforce() {
        if (!violations.isEmpty()) {
            String count = violations.size() == 1 ? "1 validation error" : violations.size() + " validation errors";
            throw LambdaFault.invalid(count + " detected: " + String.join("; ", violations));
        }
    }
}
