// SPDX-License-Identifier: Apache-2.0
package dev.memtune.initializer;

import dev.memtune.core.failure.BadInput;
import dev.memtune.core.failure.NotTunable;
import dev.memtune.core.failure.Problem;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a deployed stack demands beyond its own policy: that a function's owner has agreed, by a tag, and that a role to be
 * assumed is one of those that the stack's owner allows. The command line demands nothing: it acts with its user's rights.
 *
 * @param tuneTag what a function must carry to be tuned, as {@code key=value}; empty for nothing
 * @param promoteTag what it must carry besides to be promoted, as {@code key=value}; empty for nothing
 * @param assumableRoles the ARNs of roles that may be assumed, separated by commas, {@code *} for any characters but a colon;
 *     empty for none
 */
public record StackRules(String tuneTag, String promoteTag, String assumableRoles) {
    private static final Pattern TAG = Pattern.compile("([^=]{1,128})=(.{0,256})");

    /** Nothing is demanded, and whatever role the caller may assume is assumed. */
    public static final StackRules NONE = new StackRules("", "", "arn:*:iam::*:role/*");
    /** The tags that a stack demands unless its parameters say otherwise. */
    public static final StackRules DEFAULT = new StackRules("memtune=allow", "memtune-promote=allow", "");

    /** @throws IllegalArgumentException if a tag is neither empty nor {@code key=value} */
    public StackRules {
        for (String tag : List.of(tuneTag, promoteTag)) {
            if (!tag.isEmpty() && !TAG.matcher(tag).matches()) {
                throw new IllegalArgumentException("tag must be key=value or empty, got: " + tag);
            }
        }
    }

    /** Whether the function's tags must be known. */
    boolean demandsTags() {
        return !tuneTag.isEmpty() || !promoteTag.isEmpty();
    }

    /**
     * Refuses a function whose owner has not agreed.
     *
     * @param tags the function's
     * @throws NotTunable with the command that sets the tag
     */
    void requireConsent(String functionArn, Map<String, String> tags, boolean promote) {
        require(tuneTag, "tuned", functionArn, tags);
        if (promote) {
            require(promoteTag, "promoted", functionArn, tags);
        }
    }

    private static void require(String tag, String what, String functionArn, Map<String, String> tags) {
        int equals = tag.indexOf('=');
        boolean isThere = tag.isEmpty() || tag.substring(equals + 1).equals(tags.get(tag.substring(0, equals)));
        if (!isThere) {
            throw new NotTunable(functionArn + " must carry the tag " + tag + " to be " + what
                    + " by this stack, and does not. Its owner sets it with `aws lambda tag-resource --resource "
                    + functionArn + " --tags " + tag + "`");
        }
    }

    /** Refuses a role that may not be assumed. @throws BadInput if there is one */
    void requireAssumable(@Nullable String roleArn) {
        if (roleArn != null && Stream.of(assumableRoles.split(",")).noneMatch(one -> roleArn.matches(quoted(one)))) {
            String rule = assumableRoles.isEmpty()
                    ? "must not be there: no role may be assumed here"
                    : "must be one that this stack may assume: " + assumableRoles;
            throw new BadInput(List.of(new Problem(
                    "assumeRoleArn", rule, roleArn, "Leave it out, or have the stack's owner allow the role")));
        }
    }

    private static String quoted(String wildcards) {
        return Pattern.quote(wildcards.strip()).replace("*", "\\E[^:]*\\Q");
    }
}
