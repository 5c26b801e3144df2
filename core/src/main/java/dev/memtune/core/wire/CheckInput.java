// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.wire;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The part of an input that asks for a check instead of a tuning. At least one gate is there.
 *
 * @param candidate {@code $LATEST}, a version or an alias of the function
 * @param baseline a version or an alias of the function
 * @param maxCostIncrease the share by which an invocation may cost more than the baseline's; null for no such gate
 * @param maxDurationIncrease the share by which the handler's mean duration may be longer; null for no such gate
 * @param p95Ms the duration that 95 % of the candidate's invocations must keep within; null for no such gate
 * @param maxCostPerMillion what a million of the candidate's invocations may cost; null for no such gate
 * @param confidence that a candidate which passes keeps to the gates, such as 0.95
 * @param undecided what an undecided check amounts to
 * @param contenders the candidate and the baseline as they were found when the run began; empty before
 */
public record CheckInput(
        String candidate,
        String baseline,
        @Nullable Double maxCostIncrease,
        @Nullable Double maxDurationIncrease,
        @Nullable Double p95Ms,
        @Nullable Double maxCostPerMillion,
        double confidence,
        Undecided undecided,
        List<Contender> contenders) {
    /** The gate on cost if an input has none at all. */
    public static final double USUAL_COST_INCREASE = 0.05;
    /** The gate on duration if an input has none at all. */
    public static final double USUAL_DURATION_INCREASE = 0.10;
    /** The confidence if an input has none. */
    public static final double USUAL_CONFIDENCE = 0.95;

    /** What an undecided check amounts to. */
    public enum Undecided {
        /** A failure. */
        FAIL,
        /** A success; nothing is promoted. */
        PASS,
        /** A success with a warning; nothing is promoted. */
        WARN;

        /** The name in JSON and on the command line. */
        @JsonValue
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The one of this name, or empty if there is none. */
        public static Optional<Undecided> of(String name) {
            return Arrays.stream(values())
                    .filter(one -> one.wireName().equals(name))
                    .findFirst();
        }

        @JsonCreator
        static Undecided parse(String name) {
            return of(name).orElseThrow(() -> new IllegalArgumentException("undecided must be known, got: " + name));
        }
    }

    /** Checks, and copies the list. */
    public CheckInput {
        Objects.requireNonNull(candidate, "candidate");
        Objects.requireNonNull(baseline, "baseline");
        Objects.requireNonNull(undecided, "undecided");
        contenders = contenders == null ? List.of() : List.copyOf(contenders);
    }

    /** The same with the two sides as they were found. */
    public CheckInput found(Contender foundCandidate, Contender foundBaseline) {
        return new CheckInput(
                candidate,
                baseline,
                maxCostIncrease,
                maxDurationIncrease,
                p95Ms,
                maxCostPerMillion,
                confidence,
                undecided,
                List.of(foundCandidate, foundBaseline));
    }

    /** The candidate as it was found. @throws IllegalStateException if nothing was looked for yet */
    public Contender foundCandidate() {
        return found(0);
    }

    /** The baseline as it was found. @throws IllegalStateException if nothing was looked for yet */
    public Contender foundBaseline() {
        return found(1);
    }

    private Contender found(int index) {
        if (contenders.size() <= index) {
            throw new IllegalStateException(
                    "the run's record does not say what " + candidate + " and " + baseline + " were when it began");
        }
        return contenders.get(index);
    }
}
