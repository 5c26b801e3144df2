// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.function;

import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a person names a function: a name, a partial ARN ({@code 123456789012:function:name}) or an ARN, each possibly with a
 * qualifier.
 *
 * <p>Formats: <a href="https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionConfiguration.html">FunctionName</a>.
 *
 * @param unqualified what calls are made with: the name, or the ARN without qualifier
 * @param name the function's name alone
 * @param region the region of an ARN; null if it was a name or a partial ARN
 * @param qualifier the version, alias or {@code $LATEST}; null if there was none
 */
public record FunctionReference(
        String unqualified,
        String name,
        @Nullable String region,
        @Nullable String qualifier) {
    private static final Pattern FORM = Pattern.compile("(?<unqualified>"
            + "(?:(?:arn:(?:aws|aws-cn|aws-us-gov|aws-iso|aws-iso-b|aws-eusc):lambda:(?<region>[a-z]{2}(?:-[a-z]+)+-\\d):)?"
            + "\\d{12}:(?:function:)?|function:)?"
            + "(?<name>[a-zA-Z0-9-_]{1,64}))"
            + "(?::(?<qualifier>\\$LATEST|[a-zA-Z0-9-_]{1,128}))?");

    /** Checks what must be there. */
    public FunctionReference {
        Objects.requireNonNull(unqualified, "unqualified");
        Objects.requireNonNull(name, "name");
    }

    /** The reference that this text is, or empty if it is none. */
    public static Optional<FunctionReference> parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        String qualifier = form.group("qualifier");
        return Optional.of(new FunctionReference(
                form.group("unqualified"),
                form.group("name"),
                form.group("region"),
                FunctionConfiguration.LATEST.equals(qualifier) ? null : qualifier));
    }
}
