// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.function;

import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A function as a request names it: by name, partial ARN or ARN, each with or without a qualifier.
 *
 * @param name the bare name
 * @param qualifier a version number, {@code $LATEST} or an alias, if named
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html">Invoke, FunctionName</a>
 */
public record FunctionReference(String name, Optional<String> qualifier) {
    /** The pattern of the service model, with groups. */
    private static final Pattern FORM = Pattern.compile("(?:arn:aws[a-zA-Z-]*:lambda:)?"
            + "(?:(?<region>(?:eusc-)?[a-z]{2}(?:-gov|-iso[a-z]?)?-[a-z]+-\\d):)?(?:(?<account>\\d{12}):)?(?:function:)?"
            + "(?<name>[a-zA-Z0-9-_]+)(?::(?<qualifier>\\$LATEST|[a-zA-Z0-9-_]+))?");

    /** The longest request form. */
    private static final int MAX_LENGTH = 256;

    /** Lambda's longest function name. */
    private static final int MAX_NAME_LENGTH = 64;

    /** Checks that nothing is null. */
    public FunctionReference {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(qualifier, "qualifier");
    }

    /**
     * Reads any of the forms.
     *
     * @throws LambdaFault if it is none of them, or names another region or account
     */
    public static FunctionReference parse(String text, FunctionArns arns) {
        Matcher matcher = FORM.matcher(text);
        if (text.length() > MAX_LENGTH || !matcher.matches()) {
            throw LambdaFault.invalid("1 validation error detected: Value '" + abbreviated(text)
                    + "' at 'functionName' failed to satisfy constraint: Member must satisfy regular expression pattern: "
                    + "(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?"
                    + "(\\d{12}:)?(function:)?([a-zA-Z0-9-_]+)(:(\\$LATEST|[a-zA-Z0-9-_]+))?");
        }
        String name = matcher.group("name");
        if (name.length() > MAX_NAME_LENGTH) {
            throw LambdaFault.invalid("1 validation error detected: Value '" + name
                    + "' at 'functionName' failed to satisfy constraint: Member must have length less than or equal to "
                    + MAX_NAME_LENGTH);
        }
        requireHere(matcher, arns);
        return new FunctionReference(name, Optional.ofNullable(matcher.group("qualifier")));
    }

    private static void requireHere(Matcher matcher, FunctionArns arns) {
        String region = matcher.group("region");
        if (region != null && !region.equals(arns.region())) {
            throw LambdaFault.notFound(
                    "Functions from '" + region + "' are not reachable in this region ('" + arns.region() + "')");
        }
        String account = matcher.group("account");
        if (account != null && !account.equals(arns.accountId())) {
            throw LambdaFault.notFound("Functions of account " + account + " are not reachable in this account ("
                    + arns.accountId() + ")");
        }
    }

    /**
     * Joins the qualifier in the name with the one given beside it.
     *
     * @throws LambdaFault if both are there and differ
     */
    public FunctionReference with(Optional<String> beside) {
        if (beside.isPresent() && qualifier.isPresent() && !beside.equals(qualifier)) {
            throw LambdaFault.invalid(
                    "The derived qualifier from the function name does not match the specified qualifier.");
        }
        return new FunctionReference(name, beside.or(() -> qualifier));
    }

    /** The ARN, qualified if a qualifier was named. */
    public String arn(FunctionArns arns) {
        return qualifier.map(q -> arns.qualified(name, q)).orElseGet(() -> arns.function(name));
    }

    private static String abbreviated(String text) {
        return text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH) + "...";
    }
}
