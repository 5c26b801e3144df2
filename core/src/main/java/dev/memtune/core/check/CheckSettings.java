// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.check;

import dev.memtune.core.search.Rates;
import dev.memtune.core.wire.CheckInput;
import java.util.List;
import java.util.Objects;

/**
 * What {@link CheckPlanner} is told.
 *
 * @param gates what the candidate has to keep to, at least one
 * @param confidence that a candidate which passes keeps to every gate, such as 0.95
 * @param mostPerSide invocations of each version, at least {@value #MIN_PER_SIDE}
 * @param candidateRates what the candidate's invocations cost
 * @param baselineRates what the baseline's cost: the two may have different processors
 */
public record CheckSettings(
        List<Gate> gates, double confidence, int mostPerSide, Rates candidateRates, Rates baselineRates) {
    /** Fewer tell nothing apart. */
    public static final int MIN_PER_SIDE = 8;
    /** The usual budget: decides where the coefficient of variation is up to 6 %, and a 95th percentile at 95 %. */
    public static final int USUAL_PER_SIDE = 60;
    /**
     * A pipeline that stops for nothing is switched off, so before a failure it has to be eight times surer that there is an
     * increase at all: at 95 % confidence equal versions fail less than once in a hundred checks. An absolute limit, which
     * has no such thing as equal, has to be broken as surely.
     */
    private static final double ALARM_SHARE = 0.125;

    /** Copies the list. @throws IllegalArgumentException if a number is out of range */
    public CheckSettings {
        Objects.requireNonNull(candidateRates, "candidateRates");
        Objects.requireNonNull(baselineRates, "baselineRates");
        gates = List.copyOf(gates);
        if (gates.isEmpty() || !(confidence > 0.5 && confidence < 1) || mostPerSide < MIN_PER_SIDE) {
            throw new IllegalArgumentException("gates must not be empty, confidence above 0.5 and below 1, mostPerSide"
                    + " at least " + MIN_PER_SIDE + ", got: " + gates + ", " + confidence + ", " + mostPerSide);
        }
    }

    /** What a checked input asks for. */
    public static CheckSettings of(CheckInput check, int mostPerSide, Rates candidateRates, Rates baselineRates) {
        return new CheckSettings(Gate.of(check), check.confidence(), mostPerSide, candidateRates, baselineRates);
    }

    /** How often a candidate that breaks a gate may pass it. All gates must be passed, so each has it whole. */
    double passErrorRate() {
        return 1 - confidence;
    }

    /** How often a candidate that keeps to a gate may fail it. One failure is enough, so the gates share it. */
    double failErrorRate() {
        return (1 - confidence) / gates.size();
    }

    /** How often a candidate that is no worse at all may fail a gate. */
    double alarmErrorRate() {
        return ALARM_SHARE * failErrorRate();
    }
}
