// SPDX-License-Identifier: Apache-2.0
package dev.memtune.cli.watch;

import dev.memtune.core.registry.Upload;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * An upload that is followed.
 *
 * @param name the algorithm's
 * @param is tells it from other uploads of the name
 * @param takenIn how long it may take until somebody takes it in
 * @param pause between two looks
 * @param ifNot what to say if nobody takes it in
 * @param status the command that says more
 */
record Awaited(String name, Predicate<Upload> is, Duration takenIn, Duration pause, String ifNot, String status) {
    /** Checks that nothing is null. */
    Awaited {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(is, "is");
        Objects.requireNonNull(takenIn, "takenIn");
        Objects.requireNonNull(pause, "pause");
        Objects.requireNonNull(ifNot, "ifNot");
        Objects.requireNonNull(status, "status");
    }
}
