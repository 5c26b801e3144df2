// SPDX-License-Identifier: Apache-2.0
package dev.memtune.aws.stacks;

import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What all stacks of algorithms have in common.
 *
 * @param prefix their names begin so, and their roles have the path {@code /PREFIX/}: what Memtune may touch is told by it
 * @param serviceRoleArn as whom CloudFormation acts; null for as the caller
 * @param boundaryArn the permissions boundary of the functions' roles; null for none
 * @param optInTagValue of the functions' tags {@code memtune} and {@code memtune-promote}
 * @param alias the alias that is promoted, to which queues are mapped
 * @param memoryMB the memory size of the unpublished function, 128 to 10,240, where its metadata names no sizes
 * @param logRetentionDays how long the functions' logs are kept; one of the numbers that CloudWatch Logs takes
 */
public record StackSettings(
        String prefix,
        @Nullable String serviceRoleArn,
        @Nullable String boundaryArn,
        String optInTagValue,
        String alias,
        int memoryMB,
        int logRetentionDays) {
    /** A stack's name has 128 characters at most; an algorithm's takes up to 83 of them. */
    private static final Pattern PREFIX = Pattern.compile("[A-Za-z][A-Za-z0-9-]{0,43}");

    /** Checks the prefix. */
    public StackSettings {
        Objects.requireNonNull(optInTagValue, "optInTagValue");
        Objects.requireNonNull(alias, "alias");
        if (!PREFIX.matcher(prefix).matches()) {
            throw new IllegalArgumentException(
                    "the prefix of stacks must be a letter and at most 43 letters, digits and -, got: " + prefix);
        }
    }

    /**
     * The name of an algorithm's stack. A stack's name has no {@code _}, and no two algorithms may have one: where there is a
     * {@code _}, the name says behind which {@code -} it was.
     *
     * @see <a href="https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStack.html">StackName</a>
     */
    String stackName(String algorithm) {
        if (algorithm.indexOf('_') < 0) {
            return prefix + "-" + algorithm;
        }
        long underscores = 0;
        for (int position = 0; position < algorithm.length(); position++) {
            underscores |= algorithm.charAt(position) == '_' ? 1L << position : 0;
        }
        return prefix + "0-" + algorithm.replace('_', '-') + "-" + Long.toHexString(underscores);
    }

    /** The path of the functions' roles. */
    String rolePath() {
        return "/" + prefix + "/";
    }
}
