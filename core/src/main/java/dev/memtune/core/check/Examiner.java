// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.check;

import dev.memtune.core.search.Measurement;
import dev.memtune.core.stats.StudentT;
import dev.memtune.core.stats.Welch;
import dev.memtune.core.wire.CheckVerdict;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Reads gates at one look at the data. */
final class Examiner {
    private static final String WARMING_CANDIDATE = "the candidate still becomes faster, so it may only be new";
    private static final String WARMING_BASELINE = "the baseline still becomes faster, so the candidate may be worse";
    private static final String UNSTEADY = "a part of the rounds says otherwise than the whole";
    private static final String EARLY = "too early to fail: a new version, or an environment, may look slow at first";
    private static final String DOUBTFUL = "that there is an increase at all is not sure enough";
    /** A failure has to show, as an increase, in each twelfth of the rounds. */
    private static final int FAIL_PARTS = 12;
    /** A pass has to show in each half. */
    private static final int PASS_PARTS = 2;
    /** Environments of one recorded version differ by up to 14 %: twice that is not luck, and need not wait. */
    private static final double GROSS = Math.log(1.3);
    /** The power that "would decide" is reckoned with. */
    private static final double POWER = 0.8;
    /** A truth next to the limit would need any number; nearer than half of it is not asked about. */
    private static final double NEAREST_SHARE = 0.5;

    private static final double SMALLEST_MARGIN = 0.01;
    /** On which side of the limit the truth is, is believed at so many standard errors. */
    private static final double CLEAR_ERRORS = 2;

    private static final double MANY_DEGREES = 1_000;
    private static final int MAX_INVOCATIONS = 1_000_000;

    private final CheckSettings settings;
    private final Comparison comparison;
    private final Looks looks;
    private final int look;

    /** @param look which look it is, from 0 */
    Examiner(CheckSettings settings, Comparison comparison, Looks looks, int look) {
        this.settings = settings;
        this.comparison = comparison;
        this.looks = looks;
        this.look = look;
    }

    GateReading read(Gate gate) {
        ToDoubleFunction<Measurement> cost = comparison.candidate().cost(settings.candidateRates());
        return switch (gate) {
            case Gate.CostIncrease increase ->
                increase(gate, cost, comparison.baseline().cost(settings.baselineRates()));
            case Gate.DurationIncrease duration -> increase(gate, Side::durationMs, Side::durationMs);
            case Gate.CostPerMillion million -> {
                Limited limited = new Limited(
                        comparison.excess(cost, million.limit() / 1e6), 0, settings.alarmErrorRate(), 1, "", "");
                yield means(gate, limited, log -> million.limit() * Math.exp(log));
            }
            case Gate.P95 p95 -> percentile(p95);
        };
    }

    private GateReading increase(
            Gate gate, ToDoubleFunction<Measurement> ofCandidate, ToDoubleFunction<Measurement> ofBaseline) {
        double limit = Math.log1p(gate.limit());
        Welch difference = comparison.difference(ofCandidate, ofBaseline);
        double[] twelfths = comparison.differences(FAIL_PARTS, ofCandidate, ofBaseline);
        double[] halves = comparison.differences(PASS_PARTS, ofCandidate, ofBaseline);
        boolean isAlwaysMore = Arrays.stream(twelfths).allMatch(part -> part > 0);
        boolean isNeverAbove = Arrays.stream(halves).allMatch(part -> part <= limit);
        String doubt = difference.lowerBound(alarmErrorRate()) > 0 ? "" : DOUBTFUL;
        Limited limited = new Limited(
                difference,
                limit,
                settings.failErrorRate(),
                FAIL_PARTS,
                isAlwaysMore ? doubt : UNSTEADY,
                isNeverAbove ? "" : UNSTEADY);
        return means(gate, limited, Math::expm1);
    }

    private double passErrorRate() {
        return looks.errorRate(look, settings.passErrorRate());
    }

    private double alarmErrorRate() {
        return looks.errorRate(look, settings.alarmErrorRate());
    }

    /**
     * A difference and its limit, on logarithms.
     *
     * @param failErrorRate of its lower bound, over all looks
     * @param failParts in how many parts of the rounds a failure has to show as an increase
     * @param notFailing what speaks against a failure although the bound is above the limit; empty if nothing does
     * @param notPassing what speaks against a pass; empty if nothing does
     */
    private record Limited(
            Welch difference,
            double limit,
            double failErrorRate,
            int failParts,
            String notFailing,
            String notPassing) {}

    /** @param unit brings logarithms back to the gate's */
    private GateReading means(Gate gate, Limited limited, DoubleUnaryOperator unit) {
        Welch difference = limited.difference();
        double low = difference.lowerBound(looks.errorRate(look, limited.failErrorRate()));
        double high = difference.upperBound(passErrorRate());
        Verdict verdict = Verdict.undecided("");
        if (low > limited.limit()) {
            verdict = limited.notFailing().isEmpty()
                    ? failure(low - limited.limit())
                    : Verdict.undecided(limited.notFailing());
        } else if (high <= limited.limit()) {
            verdict = limited.notPassing().isEmpty() ? pass() : Verdict.undecided(limited.notPassing());
        }
        return new GateReading(
                gate,
                verdict.verdict(),
                unit.applyAsDouble(difference.difference()),
                unit.applyAsDouble(low),
                unit.applyAsDouble(high),
                verdict.verdict() == CheckVerdict.UNDECIDED ? toDecide(limited) : null,
                verdict.note());
    }

    private record Verdict(CheckVerdict verdict, String note) {
        static Verdict undecided(String note) {
            return new Verdict(CheckVerdict.UNDECIDED, note);
        }
    }

    /** @param beyond how far the lower bound is above the limit, on logarithms */
    private Verdict failure(double beyond) {
        if (!looks.isLast(look) && !(looks.isLate(look) && beyond > GROSS)) {
            return Verdict.undecided(EARLY);
        }
        return comparison.isCandidateGaining()
                ? Verdict.undecided(WARMING_CANDIDATE)
                : new Verdict(CheckVerdict.FAIL, "");
    }

    private Verdict pass() {
        return comparison.isBaselineGaining()
                ? Verdict.undecided(WARMING_BASELINE)
                : new Verdict(CheckVerdict.PASS, "");
    }

    /**
     * As many as make the error so small that the distance to the limit is seen, if the truth is where it seems to be. While it
     * may be on either side, the distance that is seen is mostly scatter: then as many as settle either, at no more than the limit.
     */
    private int toDecide(Limited limited) {
        double excess = limited.difference().difference() - limited.limit();
        boolean isClear = Math.abs(excess) > CLEAR_ERRORS * limited.difference().standardError();
        double seen = isClear || limited.limit() == 0 ? Math.abs(excess) : Math.min(Math.abs(excess), limited.limit());
        double margin = Math.max(seen, Math.max(NEAREST_SHARE * limited.limit(), SMALLEST_MARGIN));
        double times = 1;
        if (!isClear || excess < 0) {
            times = Math.max(times, times(limited, settings.passErrorRate(), margin));
        }
        if (!isClear || excess > 0) {
            times = Math.max(times, timesToFail(limited, margin));
        }
        int count =
                Math.min(comparison.candidate().count(), comparison.baseline().count());
        return (int) Math.min(MAX_INVOCATIONS, Math.max(count + 1.0, Math.ceil(count * times)));
    }

    /** The bound has to be above the limit, and in every part of the rounds there has to be an increase. */
    private double timesToFail(Limited limited, double margin) {
        double inEachPart = StudentT.quantile(Math.pow(POWER, 1.0 / limited.failParts()), MANY_DEGREES)
                * limited.difference().standardError()
                / (limited.limit() + margin);
        return Math.max(times(limited, limited.failErrorRate(), margin), limited.failParts() * inEachPart * inEachPart);
    }

    /** How many times as many invocations show a margin at an error rate. */
    private double times(Limited limited, double errorRate, double margin) {
        int last = looks.counts().size() - 1;
        double errors = StudentT.quantile(1 - looks.errorRate(last, errorRate), MANY_DEGREES)
                + StudentT.quantile(POWER, MANY_DEGREES);
        double ratio = errors * limited.difference().standardError() / margin;
        return ratio * ratio;
    }

    /** Passes at the last look only, which then has the whole error rate: before it, hardly any number could be enough. */
    private GateReading percentile(Gate.P95 gate) {
        double[] durations = comparison.candidate().sorted(Side::durationMs);
        PercentileBounds bounds = new PercentileBounds(durations, Gate.P95.SHARE);
        Double low = bounds.low(alarmErrorRate());
        Double high = looks.isLast(look) ? bounds.high(settings.passErrorRate()) : null;
        Verdict verdict = Verdict.undecided("");
        if (low != null && low > gate.limit()) {
            verdict = failure(Math.log(low / gate.limit()));
        } else if (high != null && high <= gate.limit()) {
            verdict = pass();
        }
        return new GateReading(
                gate,
                verdict.verdict(),
                bounds.estimate(),
                low,
                high,
                verdict.verdict() == CheckVerdict.UNDECIDED ? toDecide(bounds, gate) : null,
                verdict.note());
    }

    private @Nullable Integer toDecide(PercentileBounds bounds, Gate.P95 gate) {
        OptionalInt count = bounds.toShow(gate.limit(), settings.passErrorRate(), settings.alarmErrorRate());
        return count.isPresent() ? count.getAsInt() : null;
    }
}
