// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.search;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.NavigableSet;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * The sizes a search may use.
 *
 * @param values the sizes the user named, in MB, ascending
 * @param allowed every size that may be measured: {@code values}, and those that the search may add between them
 */
public record SizeSpace(NavigableSet<Integer> values, NavigableSet<Integer> allowed) {
    /** The least and the greatest: <a href="https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html">AWS</a>. */
    public static final int MIN_MB = 128;
    /** See {@link #MIN_MB}. */
    public static final int MAX_MB = 10_240;

    /** A doubling at a time, with one whole vCPU and the steps of the visible cores above it. */
    private static final List<Integer> LADDER = List.of(128, 256, 512, 1024, 1769, 3008, 5308, 10_240);
    /** Up to so many sizes are all visited; of more, those nearest to the ladder. */
    private static final int MAX_VISITED = 25;
    /** Of many sizes at least so many are visited. */
    private static final int MIN_RUNGS = 6;
    /** A rung that no value comes near to, by this factor, is left out. */
    private static final double RUNG_REACH = 1.15;
    /** A size this near to a wished one does as well. */
    private static final double NEAR = 1.03;

    /** Copies the sets. @throws IllegalArgumentException if there is no value, or one is not allowed */
    public SizeSpace {
        values = Collections.unmodifiableNavigableSet(new TreeSet<>(values));
        allowed = Collections.unmodifiableNavigableSet(new TreeSet<>(allowed));
        if (values.isEmpty() || !allowed.containsAll(values)) {
            throw new IllegalArgumentException("values must not be empty and be allowed, got: " + values);
        }
    }

    /** These sizes and no others. */
    public static SizeSpace only(Collection<Integer> values) {
        return new SizeSpace(new TreeSet<>(values), new TreeSet<>(values));
    }

    /** These sizes, and any other between the least and the greatest of them, in steps of 1 MB. */
    public static SizeSpace between(Collection<Integer> values) {
        TreeSet<Integer> named = new TreeSet<>(values);
        TreeSet<Integer> allowed = new TreeSet<>();
        if (!named.isEmpty()) {
            IntStream.rangeClosed(named.first(), named.last()).forEach(allowed::add);
        }
        return new SizeSpace(named, allowed);
    }

    /** The sizes to climb through, ascending: all values where they are few, else some that span them. */
    public List<Integer> rungs() {
        if (values.size() <= MAX_VISITED) {
            return List.copyOf(values);
        }
        TreeSet<Integer> rungs = new TreeSet<>();
        for (int wished : LADDER) {
            nearest(values, wished, RUNG_REACH).ifPresent(rungs::add);
        }
        for (int end : List.of(values.first(), values.last())) {
            if (nearest(rungs, end, RUNG_REACH).isEmpty()) {
                rungs.add(end);
            }
        }
        return List.copyOf(rungs.size() < MIN_RUNGS ? evenly() : rungs);
    }

    /** In a narrow range the ladder has few rungs; steps of one ratio have enough. */
    private NavigableSet<Integer> evenly() {
        TreeSet<Integer> rungs = new TreeSet<>();
        double ratio = (double) values.last() / values.first();
        for (int i = 0; i < MIN_RUNGS; i++) {
            int wished = (int) Math.round(values.first() * Math.pow(ratio, i / (MIN_RUNGS - 1.0)));
            nearest(values, wished, RUNG_REACH).ifPresent(rungs::add);
        }
        return rungs;
    }

    /** The allowed size that does for a wished one, or empty if there is none within 3 %. */
    public OptionalInt nearest(int wishedMB) {
        return nearest(allowed, wishedMB, NEAR);
    }

    private static OptionalInt nearest(NavigableSet<Integer> sizes, int wished, double reach) {
        Integer below = sizes.floor(wished);
        Integer above = sizes.ceiling(wished);
        Integer found =
                below == null || (above != null && above * (double) below < wished * (double) wished) ? above : below;
        return found != null && isNear(found, wished, reach) ? OptionalInt.of(found) : OptionalInt.empty();
    }

    /** Whether one size does for the other. */
    static boolean isNear(int one, int other) {
        return isNear(one, other, NEAR);
    }

    private static boolean isNear(int one, int other, double reach) {
        return Math.max(one, other) <= reach * Math.min(one, other);
    }
}
