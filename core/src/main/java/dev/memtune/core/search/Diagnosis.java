// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.search;

import dev.memtune.core.stats.Moments;
import dev.memtune.core.stats.Welch;
import dev.memtune.core.wire.Strategy;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads a function's nature from its curve. Says only what the figures carry: a ratio of durations counts with the end of its
 * one-sided 95 % interval that speaks against the finding.
 */
public final class Diagnosis {
    private static final double ERROR_RATE = 0.05;
    /** Four times the memory, less than a quarter off the time. */
    private static final double WAITING_GAIN = 0.75;

    private static final int WIDE = 4;
    private static final int MB_PER_VCPU = 1769;
    /** A size that shows one vCPU is near it, and one that shows more has at least half as much again. */
    private static final double WHOLE = 0.9;

    private static final double MORE = 1.5;
    private static final double NO_GAIN = 0.9;
    private static final double SCALES = 0.8;
    /** Twice the share explains twice the speed; this much more than it is no matter of shares. */
    private static final double BEYOND_SHARE = 1.3;

    private static final double QUANTUM_MS = 40;
    private static final double MOST = 0.5;

    private Diagnosis() {}

    /**
     * What the measurements of one function show.
     *
     * @param coldShare the share of production invocations that start cold, 0 to 1; 0 where unknown
     */
    public static List<Finding> of(Observations observations, double coldShare) {
        if (!(coldShare >= 0 && coldShare <= 1)) {
            throw new IllegalArgumentException("coldShare must be between 0 and 1, got: " + coldShare);
        }
        List<Candidate> curve = Candidate.of(observations, Goal.of(Strategy.DURATION, 0)).stream()
                .filter(one ->
                        one.count() > 1 && !one.arm().comparable().getFirst().isCold())
                .toList();
        List<Finding> findings = new ArrayList<>();
        if (curve.size() > 1) {
            Optional<Finding> waiting = waiting(curve);
            waiting.ifPresent(findings::add);
            if (waiting.isEmpty()) {
                singleThreaded(curve).ifPresent(findings::add);
                quantum(curve).ifPresent(findings::add);
            }
            pressure(curve).ifPresent(findings::add);
        }
        coldStarts(observations, coldShare).ifPresent(findings::add);
        return findings;
    }

    private static Optional<Finding> waiting(List<Candidate> curve) {
        Candidate least = curve.getFirst();
        Candidate greatest = curve.getLast();
        boolean isWide = greatest.arm().memoryMB() >= WIDE * least.arm().memoryMB();
        double lowest = Math.exp(between(least, greatest).lowerBound(ERROR_RATE));
        return isWide && lowest > WAITING_GAIN
                ? Optional.of(new Finding(Finding.Kind.WAITING, times(least, greatest)))
                : Optional.empty();
    }

    /** Scales up to one vCPU, and no further. */
    private static Optional<Finding> singleThreaded(List<Candidate> curve) {
        Optional<Candidate> whole = curve.stream()
                .filter(one -> one.arm().memoryMB() >= WHOLE * MB_PER_VCPU)
                .findFirst();
        Candidate greatest = curve.getLast();
        if (whole.isEmpty()
                || greatest.arm().memoryMB() < MORE * whole.get().arm().memoryMB()) {
            return Optional.empty();
        }
        double gained = Math.exp(between(whole.get(), greatest).lowerBound(ERROR_RATE));
        Candidate least = curve.getFirst();
        double scaled = Math.exp(between(least, whole.get()).upperBound(ERROR_RATE));
        return gained > NO_GAIN && scaled < SCALES
                ? Optional.of(new Finding(Finding.Kind.SINGLE_THREADED, times(whole.get(), greatest)))
                : Optional.empty();
    }

    /** There are steps below one vCPU only, so nothing is said where no such size was measured. */
    private static Optional<Finding> quantum(List<Candidate> curve) {
        Candidate greatest = curve.getLast();
        return greatest.arm().memoryMB() >= WHOLE * MB_PER_VCPU
                        && curve.getFirst().arm().memoryMB() < WHOLE * MB_PER_VCPU
                        && greatest.duration().value() < Math.log(QUANTUM_MS)
                ? Optional.of(new Finding(
                        Finding.Kind.QUANTUM,
                        "it computes for " + ms(greatest) + "; below 1,769 MB that is dealt out in parts of 20 ms"))
                : Optional.empty();
    }

    /** The greatest size at which one step up gains much more than the share of the processor explains. */
    private static Optional<Finding> pressure(List<Candidate> curve) {
        for (int i = curve.size() - 2; i >= 0; i--) {
            Candidate small = curve.get(i);
            Candidate large = curve.get(i + 1);
            double share =
                    Math.log((double) small.arm().memoryMB() / large.arm().memoryMB());
            boolean isShort = small.duration().value()
                    < Math.log(QUANTUM_MS * MB_PER_VCPU / small.arm().memoryMB());
            double least = -between(small, large).upperBound(ERROR_RATE) + share;
            if (!isShort && least > Math.log(BEYOND_SHARE)) {
                return Optional.of(new Finding(Finding.Kind.MEMORY_PRESSURE, times(small, large)));
            }
        }
        return Optional.empty();
    }

    private static Optional<Finding> coldStarts(Observations observations, double coldShare) {
        List<Double> cold = billedMs(observations, true);
        List<Double> warm = billedMs(observations, false);
        if (cold.isEmpty() || warm.isEmpty() || coldShare == 0) {
            return Optional.empty();
        }
        double coldMs = coldShare * mean(cold);
        double share = coldMs / (coldMs + (1 - coldShare) * mean(warm));
        return share > MOST
                ? Optional.of(new Finding(
                        Finding.Kind.COLD_STARTS,
                        String.format(
                                Locale.ROOT,
                                "cold starts of %.0f ms, %.1f %% of invocations, are %.0f %% of the billed time",
                                mean(cold),
                                100 * coldShare,
                                100 * share)))
                : Optional.empty();
    }

    private static List<Double> billedMs(Observations observations, boolean isCold) {
        return observations.arms().stream()
                .flatMap(arm -> arm.measurements().stream())
                .filter(one -> one.isCold() == isCold)
                .map(Measurement::billedMs)
                .sorted()
                .toList();
    }

    private static double mean(List<Double> values) {
        return Moments.of(values.stream().mapToDouble(Double::doubleValue).toArray())
                .mean();
    }

    private static Welch between(Candidate first, Candidate second) {
        return Welch.between(first.duration(), second.duration());
    }

    private static String times(Candidate first, Candidate second) {
        return ms(first) + " at " + first.arm().memoryMB() + " MB, " + ms(second) + " at "
                + second.arm().memoryMB() + " MB";
    }

    private static String ms(Candidate one) {
        return String.format(Locale.ROOT, "%.1f ms", Math.exp(one.duration().value()));
    }
}
