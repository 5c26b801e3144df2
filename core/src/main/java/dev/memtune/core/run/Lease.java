// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.run;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who may change a function: written in the description of an alias on the function itself, so that a laptop and a stack
 * exclude each other without a table between them.
 *
 * @param holder the run
 * @param token the token under which it began
 * @param expiresAt after this somebody else may take the lease
 * @param memoryMB the function's own memory size, for whoever finds an expired lease and nothing else
 */
public record Lease(String holder, long token, Instant expiresAt, int memoryMB) {
    /** The alias that is the lease. */
    public static final String ALIAS = "memtune-lease";

    private static final Pattern FORM =
            Pattern.compile("memtune lease holder=(\\S+) token=(\\d{1,18}) expires=(\\S+) memory=(\\d{1,6})");

    /** Checks that nothing is null. */
    public Lease {
        Objects.requireNonNull(holder, "holder");
        Objects.requireNonNull(expiresAt, "expiresAt");
    }

    /** The lease of a run. */
    public static Lease of(Run run) {
        return new Lease(run.runId(), 1, run.expiresAt(), run.before().memoryMB());
    }

    /** The lease that an alias' description states, or empty if it states none. */
    public static Optional<Lease> parse(String description) {
        Matcher form = FORM.matcher(description);
        if (!form.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Lease(
                    form.group(1),
                    Long.parseLong(form.group(2)),
                    Instant.parse(form.group(3)),
                    Integer.parseInt(form.group(4))));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** The same with another end. */
    public Lease until(Instant newExpiry) {
        return new Lease(holder, token, newExpiry, memoryMB);
    }

    /** Whether somebody else may take it. */
    public boolean isExpired(Instant now) {
        return !now.isBefore(expiresAt);
    }

    /** The alias' description. */
    public String description() {
        return "memtune lease holder=" + holder + " token=" + token + " expires=" + expiresAt + " memory=" + memoryMB;
    }
}
