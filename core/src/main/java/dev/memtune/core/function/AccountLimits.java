// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.function;

import java.util.Objects;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What GetAccountSettings tells of an account and region.
 *
 * @param unreservedConcurrency the concurrency that no function has reserved; empty if it is not told
 * @param codeBytesLeft how much more code may be stored, at least 0; empty if it is not told
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/api/API_GetAccountSettings.html">GetAccountSettings</a>
 */
public record AccountLimits(OptionalInt unreservedConcurrency, OptionalLong codeBytesLeft) {
    /** Where nothing is told. */
    public static final AccountLimits UNKNOWN = new AccountLimits(OptionalInt.empty(), OptionalLong.empty());

    /** Checks that nothing is null. */
    public AccountLimits {
        Objects.requireNonNull(unreservedConcurrency, "unreservedConcurrency");
        Objects.requireNonNull(codeBytesLeft, "codeBytesLeft");
    }
}
