// SPDX-License-Identifier: Apache-2.0
package dev.memtune.analyzer;

import dev.memtune.core.price.Price;
import dev.memtune.core.run.Infeasible;
import dev.memtune.core.search.Goal;
import dev.memtune.core.wire.Strategy;
import dev.memtune.core.wire.Verdict;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Says results to people. */
final class Words {
    private static final MathContext THREE_DIGITS = new MathContext(3, RoundingMode.HALF_EVEN);

    private Words() {}

    /** A verdict for the table, with the difference or the reason. */
    static String verdict(Verdict verdict, @Nullable Double difference, Goal goal, Optional<Infeasible> infeasible) {
        return switch (verdict) {
            case BEST, NEAREST, MISSES_LIMIT, NOT_MEASURED -> verdict.wireName();
            case WITHIN_TOLERANCE -> "within " + percent(goal.tolerance());
            case DEARER, SLOWER, WORSE -> percent(difference) + " " + verdict.wireName();
            case NOT_SEPARATED ->
                "looks " + percent(difference) + " " + comparative(goal.strategy()) + ", not separated";
            case INFEASIBLE ->
                "infeasible"
                        + infeasible.map(one -> ": " + reason(one.reason())).orElse("");
        };
    }

    private static String comparative(Strategy strategy) {
        return switch (strategy) {
            case COST -> Verdict.DEARER.wireName();
            case DURATION -> Verdict.SLOWER.wireName();
            case BALANCED -> Verdict.WORSE.wireName();
        };
    }

    static String reason(Infeasible.Reason reason) {
        return switch (reason) {
            case REFUSED -> "refused by AWS";
            case OUT_OF_MEMORY -> "out of memory";
            case TIMED_OUT -> "timed out";
            case FUNCTION_ERROR -> "the function failed";
            case NO_REPORTS -> "no log reports";
        };
    }

    /** What is said of a size that is better. */
    static String better(Strategy strategy) {
        return switch (strategy) {
            case COST -> "cheaper";
            case DURATION -> "faster";
            case BALANCED -> "better";
        };
    }

    /** An amount of money to three significant digits, in the currency of a price. */
    static String money(Price price, double amount) {
        String code = price.request().currency().getCurrencyCode();
        BigDecimal rounded = BigDecimal.valueOf(amount).round(THREE_DIGITS);
        return (code.equals("USD") ? "$" : code + " ")
                + rounded.stripTrailingZeros().toPlainString();
    }

    static String percent(@Nullable Double share) {
        return share == null ? "?" : String.format(Locale.ROOT, "%.0f %%", share * 100);
    }
}
