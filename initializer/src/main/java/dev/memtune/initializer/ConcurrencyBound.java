// SPDX-License-Identifier: Apache-2.0
package dev.memtune.initializer;

import dev.memtune.core.failure.BadInput;
import dev.memtune.core.failure.Problem;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The most invocations at once, over all sizes. AWS tells nobody how much concurrency is in use, so the default is a small
 * share of the limit, and production keeps some of a function's own.
 */
final class ConcurrencyBound {
    private static final int SHARE_PERCENT = 5;
    private static final int DEFAULT_MAX = 100;
    private static final int UNKNOWN_LIMIT_DEFAULT = 10;

    private ConcurrencyBound() {}

    /**
     * The bound, at least 1.
     *
     * @param asked what the user gave; null for the default
     * @param reserved the function's own limit, at least 1
     * @param unreserved the account's limit
     * @throws BadInput if the user asks for as much as the function has, or more
     */
    static int of(@Nullable Integer asked, OptionalInt reserved, OptionalInt unreserved) {
        int below = reserved.isPresent() ? Math.max(1, reserved.getAsInt() - 1) : Integer.MAX_VALUE;
        if (asked == null) {
            int share = unreserved.isPresent() ? unreserved.getAsInt() * SHARE_PERCENT / 100 : UNKNOWN_LIMIT_DEFAULT;
            return Math.min(below, Math.max(1, Math.min(DEFAULT_MAX, share)));
        }
        if (asked > below) {
            throw new BadInput(List.of(new Problem(
                    "concurrency",
                    "must be below the function's reserved concurrency, " + reserved.orElse(0),
                    asked.toString(),
                    "Give " + below + " or less, or leave it out")));
        }
        return asked;
    }
}
