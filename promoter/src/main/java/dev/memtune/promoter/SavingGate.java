// SPDX-License-Identifier: Apache-2.0
package dev.memtune.promoter;

import dev.memtune.core.wire.SizeOption;
import dev.memtune.core.wire.TuningResult;
import dev.memtune.core.wire.Verdict;
import java.util.Locale;
import java.util.Optional;

/**
 * Whether the best size is enough better than the one that the alias serves to be worth a change: by the share asked for, and
 * proven, not only seen. A size that misses a limit is left whatever it costs.
 *
 * @param minSaving the share asked for, more than 0
 */
record SavingGate(double minSaving) {

    /** Why the alias stays where it is; empty if it is to be moved. */
    Optional<String> reluctance(TuningResult result, int servedMB) {
        Optional<SizeOption> served = result.options().stream()
                .filter(option -> option.memoryMB() == servedMB)
                .findFirst();
        Double difference = served.map(SizeOption::difference).orElse(null);
        if (served.isEmpty() || difference == null) {
            return isInfeasible(served)
                    ? Optional.empty()
                    : Optional.of("the saving over the " + servedMB
                            + " MB that it serves is not known, because that size was not measured");
        }
        double saving = difference / (1 + difference);
        return switch (served.get().verdict()) {
            case MISSES_LIMIT, INFEASIBLE -> Optional.empty();
            case DEARER, SLOWER, WORSE ->
                saving >= minSaving ? Optional.empty() : Optional.of(tooLittle(saving, servedMB));
            case BEST, NEAREST, WITHIN_TOLERANCE, NOT_SEPARATED, NOT_MEASURED ->
                Optional.of(
                        saving >= minSaving
                                ? percent(saving) + " better than the " + servedMB
                                        + " MB that it serves was seen, but not" + " proven"
                                : tooLittle(saving, servedMB));
        };
    }

    private static boolean isInfeasible(Optional<SizeOption> served) {
        return served.map(SizeOption::verdict)
                .filter(Verdict.INFEASIBLE::equals)
                .isPresent();
    }

    private String tooLittle(double saving, int servedMB) {
        return "it would be " + percent(saving) + " better than the " + servedMB + " MB that it serves, and "
                + percent(minSaving) + " were asked for";
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", share * 100);
    }
}
