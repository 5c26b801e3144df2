// SPDX-License-Identifier: Apache-2.0
package dev.memtune.provisioner;

import java.time.Instant;
import java.util.Objects;

/**
 * What is to be looked at.
 *
 * @param name the algorithm
 * @param waitsFor what it waited for when it was last looked at; empty before the first time
 * @param since since when it has waited for that
 */
public record Look(String name, String waitsFor, Instant since) {
    /** Checks that nothing is null. */
    public Look {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(waitsFor, "waitsFor");
        Objects.requireNonNull(since, "since");
    }

    /** The first look at something. */
    public static Look first(String name, Instant now) {
        return new Look(name, "", now);
    }

    /** The next look: what has been waited for keeps its time, whatever is waited for anew begins now. */
    Look waitingFor(String what, Instant now) {
        return what.equals(waitsFor) ? this : new Look(name, what, now);
    }
}
