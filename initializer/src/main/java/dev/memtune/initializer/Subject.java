// SPDX-License-Identifier: Apache-2.0
package dev.memtune.initializer;

import dev.memtune.core.function.AliasConfiguration;
import dev.memtune.core.function.FunctionConfiguration;
import dev.memtune.core.run.RunNotes;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The function that is to be tuned, as it is found.
 *
 * @param latest {@code $LATEST}, settled
 * @param highestVersion the highest version number; 0 if none was ever published
 * @param promoteAlias the alias to promote; null if none is asked for or it does not exist
 * @param reservedConcurrency the function's own limit, if it has one
 * @param unreservedConcurrency the account's limit, if it is known
 * @param asynchronous whether it is measured by asynchronous invocations
 * @param notes what its user should know
 */
record Subject(
        FunctionConfiguration latest,
        int highestVersion,
        @Nullable AliasConfiguration promoteAlias,
        OptionalInt reservedConcurrency,
        OptionalInt unreservedConcurrency,
        boolean asynchronous,
        RunNotes notes) {}
