// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.check;

import dev.memtune.core.search.Measurement;
import dev.memtune.core.stats.DesignEffect;
import dev.memtune.core.stats.Drift;
import dev.memtune.core.stats.LogMean;
import dev.memtune.core.stats.Moments;
import dev.memtune.core.stats.PooledNoise;
import dev.memtune.core.stats.Welch;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** The two versions side by side. */
record Comparison(Side candidate, Side baseline) {
    /** Between environments of one version, of recorded functions that compute: 1.4 to 2.6 %. */
    private static final double ENVIRONMENT_VARIANCE = 0.015 * 0.015;
    /** So many standard errors, fewer than where a drift is claimed: this only keeps a verdict back. */
    private static final double GAINING_ERRORS = 2.5;

    private static final int TREND_PARTS = 3;

    /** How much more the candidate has of something, on logarithms. */
    Welch difference(ToDoubleFunction<Measurement> ofCandidate, ToDoubleFunction<Measurement> ofBaseline) {
        Moments first = baseline.moments(ofBaseline);
        Moments second = candidate.moments(ofCandidate);
        PooledNoise noise = PooledNoise.of(List.of(first, second));
        DesignEffect effect = DesignEffect.of(List.of(candidate.timed(ofCandidate), baseline.timed(ofBaseline)));
        return Welch.between(
                lucky(effect.on(noise.shrink(first), 2), baseline),
                lucky(effect.on(noise.shrink(second), 2), candidate));
    }

    /** What the candidate has of something, in multiples of a limit, on logarithms. */
    Welch excess(ToDoubleFunction<Measurement> ofCandidate, double limit) {
        Moments moments = candidate.moments(ofCandidate);
        DesignEffect effect = DesignEffect.of(List.of(candidate.timed(ofCandidate)));
        LogMean mean = lucky(effect.on(PooledNoise.of(List.of(moments)).shrink(moments), 1), candidate);
        return Welch.between(new LogMean(Math.log(limit), 0, mean.degreesOfFreedom()), mean);
    }

    /** With what invocations do not show: a few environments may all be lucky, however often they are invoked. */
    private LogMean lucky(LogMean mean, Side side) {
        int seen = side.environmentCount();
        int likely = seen > 0 ? seen : Math.max(candidate.environmentCount(), baseline.environmentCount());
        double luck = likely == 0 ? 0 : ENVIRONMENT_VARIANCE / likely;
        return new LogMean(mean.value(), mean.variance() + luck, mean.degreesOfFreedom());
    }

    /**
     * The difference in each part of the rounds, on logarithms: what environments or a busy minute did to one part, they have
     * not done to all. Fewer parts where there are fewer rounds; none where a part lacks a version.
     */
    double[] differences(
            int parts, ToDoubleFunction<Measurement> ofCandidate, ToDoubleFunction<Measurement> ofBaseline) {
        List<Integer> rounds = Stream.concat(candidate.rounds(), baseline.rounds())
                .distinct()
                .sorted()
                .toList();
        int count = Math.min(parts, rounds.size());
        double[] differences = new double[count];
        for (int part = 0; part < count; part++) {
            List<Integer> own = rounds.subList(part * rounds.size() / count, (part + 1) * rounds.size() / count);
            OptionalDouble of = candidate.mean(own, ofCandidate);
            OptionalDouble against = baseline.mean(own, ofBaseline);
            if (of.isEmpty() || against.isEmpty()) {
                return new double[0];
            }
            differences[part] = Math.log(of.getAsDouble() / against.getAsDouble());
        }
        return differences;
    }

    /**
     * Whether the candidate became faster meanwhile, the baseline less so: it may just be new and still warming up. It then
     * gains from each third of the rounds to the next; a change of hosts may fall anywhere.
     */
    boolean isCandidateGaining() {
        return gain() > GAINING_ERRORS && isSteady(-1);
    }

    /** The same the other way round. */
    boolean isBaselineGaining() {
        return gain() < -GAINING_ERRORS && isSteady(1);
    }

    private double gain() {
        Drift ofCandidate = candidate.drift();
        Drift ofBaseline = baseline.drift();
        double error = Math.hypot(ofCandidate.standardError(), ofBaseline.standardError());
        return error == 0 ? 0 : (ofBaseline.difference() - ofCandidate.difference()) / error;
    }

    /** Whether the difference of durations goes this way from each part of the rounds to the next. */
    private boolean isSteady(int sign) {
        double[] parts = differences(TREND_PARTS, Side::durationMs, Side::durationMs);
        for (int i = 1; i < parts.length; i++) {
            if (sign * (parts[i] - parts[i - 1]) <= 0) {
                return false;
            }
        }
        return true;
    }
}
