// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.search;

import dev.memtune.core.stats.Drift;
import dev.memtune.core.stats.RoundTrend;
import dev.memtune.core.stats.StudentT;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Whether a function was steady while it was measured. The test behind the statement takes invocations for independent of when
 * they ran; where they are not, as while a function warms up, it is wrong more often than it says, so nothing is stated.
 *
 * <p>Not steady is: a size whose later rounds differ from its earlier ones; invocations that become faster from one to the next;
 * rounds that differ by more than their invocations' scatter explains.
 */
final class Steadiness {
    /** Of each sign: it is there by chance in one of fifty functions. */
    private static final double ERROR_RATE = 0.02;
    /** Means of rounds that scatter by so many times what their invocations explain. */
    private static final double UNLIKE_ROUNDS = 1.25;

    private Steadiness() {}

    /** What speaks against it, in words; empty where nothing does. The size that was chosen comes first. */
    static Optional<String> doubt(Candidate best, List<Candidate> candidates) {
        List<Candidate> sizes = new ArrayList<>(List.of(best));
        candidates.stream().filter(one -> !one.isSameArmAs(best)).forEach(sizes::add);
        return sizes.stream()
                .map(one -> drift(one, ERROR_RATE / sizes.size()))
                .flatMap(Optional::stream)
                .findFirst()
                .or(() -> trend(candidates))
                .or(() -> unlikeRounds(candidates));
    }

    /** Halves of few values say little about their own scatter, so three standard errors are not enough there. */
    private static Optional<String> drift(Candidate one, double errorRate) {
        Drift drift = Drift.of(one.arm().comparable().stream()
                .map(each -> new Drift.Timed(each.round(), each.billedMs()))
                .toList());
        double freedom = Math.max(1, one.count() / 2 - 1);
        boolean isRare = drift.isSignificant()
                && 2 * StudentT.cumulative(-Math.abs(drift.difference() / drift.standardError()), freedom) < errorRate;
        return isRare
                ? Optional.of("the later half of the rounds took " + lessOrMore(drift.difference())
                        + " than the earlier at " + one.arm().memoryMB() + " MB")
                : Optional.empty();
    }

    private static Optional<String> trend(List<Candidate> candidates) {
        RoundTrend trend = RoundTrend.of(candidates.stream()
                .flatMap(Steadiness::byPayload)
                .map(Steadiness::series)
                .toList());
        return trend.slope() < 0 && trend.isSignificant(ERROR_RATE)
                ? Optional.of("each invocation of a round took " + lessOrMore(trend.slope()) + " than the one before")
                : Optional.empty();
    }

    /** Payloads take turns, which is no trend: each payload of a size is a series of its own. */
    private static Stream<List<Measurement>> byPayload(Candidate one) {
        Map<Integer, List<Measurement>> series = new TreeMap<>();
        for (Measurement each : one.arm().comparable()) {
            if (each.billedMs() > 0) {
                series.computeIfAbsent(each.payload(), payload -> new ArrayList<>())
                        .add(each);
            }
        }
        return series.values().stream();
    }

    private static RoundTrend.Series series(List<Measurement> measurements) {
        int count = measurements.size();
        RoundTrend.Series series = new RoundTrend.Series(new double[count], new int[count], new int[count]);
        for (int i = 0; i < count; i++) {
            Measurement one = measurements.get(i);
            series.values()[i] = one.billedMs();
            series.rounds()[i] = one.round();
            series.places()[i] = one.place();
        }
        return series;
    }

    private static Optional<String> unlikeRounds(List<Candidate> candidates) {
        double excess = RoundEffect.excess(candidates);
        return excess > UNLIKE_ROUNDS
                ? Optional.of(String.format(
                        Locale.ROOT,
                        "rounds differ %.1f times as much as their invocations scatter",
                        Math.sqrt(excess)))
                : Optional.empty();
    }

    private static String lessOrMore(double difference) {
        return String.format(
                Locale.ROOT, "%.0f %% %s", Math.abs(Math.expm1(difference)) * 100, difference < 0 ? "less" : "more");
    }
}
