// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.wire;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the input's fields about how the function may be treated. */
final class TargetTermsReader {
    /** The names of the fields. */
    static final Set<String> KNOWN = new TreeSet<>(Set.of(
            "allowWeightedAlias",
            "allowUnreadyConcurrency",
            "allowCodeDeploy",
            "allowDestinations",
            "asynchronous",
            "tenantId",
            "assumeRoleArn",
            "waitForTurn"));

    /** <a href="https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html">X-Amz-Tenant-Id</a>. */
    private static final Pattern TENANT = Pattern.compile("[a-zA-Z0-9\\._:/=+\\-@ ]{1,256}");
    /** <a href="https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html">RoleArn</a>. */
    private static final Pattern ROLE = Pattern.compile("arn:aws[a-z-]*:iam::\\d{12}:role/[\\w+=,.@/-]{1,512}");

    private TargetTermsReader() {}

    static TargetTerms read(InputFields fields) {
        return new TargetTerms(
                fields.bool("allowWeightedAlias", false),
                fields.bool("allowUnreadyConcurrency", false),
                fields.bool("allowCodeDeploy", false),
                fields.bool("allowDestinations", false),
                fields.bool("asynchronous", false),
                text(fields, "tenantId", TENANT, "Give the tenant id of 1 to 256 characters that the tests may use"),
                text(fields, "assumeRoleArn", ROLE, "Give a role such as arn:aws:iam::123456789012:role/memtune"),
                fields.bool("waitForTurn", false));
    }

    private static @Nullable String text(InputFields fields, String field, Pattern form, String remedy) {
        String text = fields.text(field, remedy);
        if (text != null && !form.matcher(text).matches()) {
            fields.problem(field, "must have the form that AWS gives it", text, remedy);
        }
        return text;
    }
}
