// SPDX-License-Identifier: Apache-2.0
package dev.memtune.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/** Numbers for people: as many digits as say something, the same rule everywhere. */
final class Figures {
    private static final MathContext SMALL_MONEY = new MathContext(3, RoundingMode.HALF_EVEN);
    private static final double WHOLE_FROM_MS = 1_000;
    private static final double TENTHS_FROM_MS = 10;

    private Figures() {}

    /** A duration in milliseconds, without its unit. */
    static String ms(double ms) {
        if (ms >= WHOLE_FROM_MS) {
            return String.format(Locale.ROOT, "%.0f", ms);
        }
        return String.format(Locale.ROOT, ms >= TENTHS_FROM_MS ? "%.1f" : "%.2f", ms);
    }

    /** An amount of money without its currency: cents from 1 on, three significant digits below. */
    static String money(double amount) {
        if (amount == 0) {
            return "0";
        }
        return amount >= 1
                ? String.format(Locale.ROOT, "%.2f", amount)
                : BigDecimal.valueOf(amount).round(SMALL_MONEY).toPlainString();
    }

    /** A currency's sign where it is unmistakable, else its code and a space. */
    static String currency(String code) {
        return code.equals("USD") ? "$" : code + " ";
    }

    /** A per cent value without decimals, or with one below 10. */
    static String percent(double percent) {
        return String.format(Locale.ROOT, Math.abs(percent) < TENTHS_FROM_MS ? "%.1f %%" : "%.0f %%", percent);
    }

    /** A number and what it counts, such as {@code 1 invocation} or {@code 2 invocations}. */
    static String count(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
