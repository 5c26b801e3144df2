// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.function;

import java.util.Objects;

/**
 * Makes function ARNs for one account and region.
 *
 * @param region such as {@code us-east-1}
 * @param accountId twelve digits
 */
public record FunctionArns(String region, String accountId) {
    /** @throws IllegalArgumentException if the account id is not twelve digits */
    public FunctionArns {
        Objects.requireNonNull(region, "region");
        if (!accountId.matches("[0-9]{12}")) {
            throw new IllegalArgumentException("accountId must be twelve digits, got: " + accountId);
        }
    }

    /** The unqualified ARN. */
    public String function(String name) {
        return "arn:aws:lambda:" + region + ":" + accountId + ":function:" + name;
    }

    /** The ARN with a qualifier. */
    public String qualified(String name, String qualifier) {
        return function(name) + ":" + qualifier;
    }

    /** A layer's ARN, without a version. */
    public String layer(String name) {
        return "arn:aws:lambda:" + region + ":" + accountId + ":layer:" + name;
    }

    /** A layer version's ARN. */
    public String layerVersion(String name, int version) {
        return layer(name) + ":" + version;
    }
}
