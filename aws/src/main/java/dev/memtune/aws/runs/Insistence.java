// SPDX-License-Identifier: Apache-2.0
package dev.memtune.aws.runs;

import dev.memtune.core.port.Sleeper;
import java.time.Duration;
import java.util.Set;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;

/**
 * Makes calls that end on an interrupted thread too, and that are made again while others write to the same items. The SDK
 * repeats throttles and lost answers itself, but no conflict between transactions.
 *
 * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis.html">Conflicts</a>
 */
final class Insistence {
    private static final int ATTEMPTS = 40;
    private static final long FIRST_DELAY_MS = 10;
    private static final long MAX_DELAY_MS = 400;

    /** Why a transaction was not made and may be made the next time. */
    private static final Set<String> PASSING =
            Set.of("TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded", "None");

    private final Sleeper sleeper;
    private final RandomGenerator random;

    Insistence(Sleeper sleeper, RandomGenerator random) {
        this.sleeper = sleeper;
        this.random = random;
    }

    /** Makes the call until it ends by itself, at most {@value #ATTEMPTS} times. */
    <T> T call(Supplier<T> call) {
        boolean interrupted = Thread.interrupted();
        try {
            for (int attempt = 1; ; attempt++) {
                try {
                    return call.get();
                } catch (AbortedException | TransactionConflictException | TransactionCanceledException e) {
                    if (attempt == ATTEMPTS || !isPassing(e)) {
                        throw e;
                    }
                    boolean isAborted = Thread.interrupted();
                    boolean isWoken = pause(attempt);
                    interrupted = interrupted || isAborted || isWoken;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static boolean isPassing(RuntimeException e) {
        return !(e instanceof TransactionCanceledException cancelled)
                || cancelled.cancellationReasons().stream().allMatch(reason -> PASSING.contains(reason.code()));
    }

    /** Waits, and says whether it was interrupted in that. */
    private boolean pause(int attempt) {
        long mostMs = Math.min(MAX_DELAY_MS, FIRST_DELAY_MS << Math.min(attempt, 10));
        try {
            sleeper.sleep(Duration.ofMillis(random.nextLong(mostMs) + 1));
            return false;
        } catch (InterruptedException e) {
            return true;
        }
    }
}
