// SPDX-License-Identifier: Apache-2.0
package dev.memtune.analyzer;

import dev.memtune.core.check.Gate;
import dev.memtune.core.check.GateReading;
import dev.memtune.core.wire.CheckInput;
import dev.memtune.core.wire.CheckResult;
import dev.memtune.core.wire.CheckVerdict;
import dev.memtune.core.wire.CheckedGate;
import dev.memtune.core.wire.CheckedVersion;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Says a check's result to people. */
final class CheckWords {
    private CheckWords() {}

    static CheckedGate gate(GateReading reading, String currency) {
        Gate gate = reading.gate();
        return new CheckedGate(
                gate.kind().wireName(),
                gate.limit(),
                reading.verdict(),
                reading.estimate(),
                reading.low(),
                reading.high(),
                reading.invocationsToDecide(),
                sentence(reading, currency));
    }

    private static String sentence(GateReading reading, String currency) {
        String what = what(reading.gate());
        if (reading.estimate() == null) {
            return what + ": " + reading.note();
        }
        String limit = amount(reading.gate().kind(), reading.gate().limit(), currency);
        String seen = what + " " + estimate(reading, currency) + ", ";
        return switch (reading.verdict()) {
            case PASS -> seen + "within " + limit;
            case FAIL -> seen + "above " + limit;
            case UNDECIDED -> seen + "not settled against " + limit + advice(reading);
        };
    }

    private static String what(Gate gate) {
        return switch (gate.kind()) {
            case COST_INCREASE -> "cost";
            case DURATION_INCREASE -> "mean duration";
            case P95 -> "95th percentile";
            case COST_PER_MILLION -> "cost per million";
        };
    }

    private static String estimate(GateReading reading, String currency) {
        Gate.Kind kind = reading.gate().kind();
        return amount(kind, reading.estimate(), currency) + " [" + amount(kind, reading.low(), currency) + ".."
                + amount(kind, reading.high(), currency) + "]";
    }

    private static String amount(Gate.Kind kind, @Nullable Double value, String currency) {
        if (value == null) {
            return "?";
        }
        return switch (kind) {
            case COST_INCREASE, DURATION_INCREASE -> String.format(Locale.ROOT, "%+.1f %%", 100 * value);
            case P95 -> String.format(Locale.ROOT, "%.1f ms", value);
            case COST_PER_MILLION -> String.format(Locale.ROOT, "%.2f %s", value, currency);
        };
    }

    private static String advice(GateReading reading) {
        String why = reading.note().isEmpty() ? "" : " (" + reading.note() + ")";
        Integer enough = reading.invocationsToDecide();
        return why + (enough == null ? "" : "; about " + enough + " invocations of each would settle it");
    }

    static String statement(
            CheckVerdict verdict,
            List<CheckedGate> gates,
            CheckedVersion candidate,
            CheckedVersion baseline,
            CheckInput check) {
        String sides = candidate.name() + " against " + baseline.name();
        String level = percent(check.confidence()) + " confidence, " + candidate.measured() + " and "
                + baseline.measured() + " invocations";
        String deciding = gates.stream()
                .filter(gate -> gate.verdict() == verdict)
                .map(CheckedGate::statement)
                .collect(Collectors.joining("; "));
        return switch (verdict) {
            case PASS -> sides + " passes: " + deciding + " (" + level + ").";
            case FAIL -> sides + " fails: " + deciding + " (" + level + ").";
            case UNDECIDED -> sides + " is undecided: " + deciding + " (" + level + ").";
        };
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, share * 100 % 1 == 0 ? "%.0f %%" : "%.1f %%", share * 100);
    }

    /** For an execution that ends with it. */
    static String cause(CheckResult result) {
        String advice =
                switch (result.verdict()) {
                    case FAIL -> "Make the candidate faster or cheaper, or raise the gate.";
                    case UNDECIDED ->
                        "Raise the number of invocations, widen the gate, or say what undecided amounts to with"
                                + " `undecided`.";
                    case PASS -> "";
                };
        return (result.statement() + "\n" + advice).strip();
    }
}
