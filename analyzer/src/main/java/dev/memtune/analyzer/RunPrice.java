// SPDX-License-Identifier: Apache-2.0
package dev.memtune.analyzer;

import dev.memtune.core.price.Architecture;
import dev.memtune.core.price.Price;
import dev.memtune.core.price.PriceSource;
import dev.memtune.core.price.PriceTable;
import dev.memtune.core.price.Rate;
import dev.memtune.core.run.Run;
import dev.memtune.core.wire.PriceOverride;
import java.math.BigDecimal;
import java.time.ZoneOffset;
import java.util.Currency;

/** The rates that hold for a run: those of the function's region and architecture, or the user's own. */
final class RunPrice {
    private static final String INPUT = "input";
    /** A millionth, so that the rate per request is exact. */
    private static final BigDecimal MILLIONTH = new BigDecimal("0.000001");

    private RunPrice() {}

    static Price of(PriceTable prices, Run run) {
        return of(prices, run, run.before().architecture());
    }

    /** Of a version that may have another architecture than {@code $LATEST}. */
    static Price of(PriceTable prices, Run run, String architecture) {
        Price listed = prices.price(region(run), Architecture.parse(architecture));
        PriceOverride own = run.input().pricing().override();
        if (own == null) {
            return listed;
        }
        PriceSource source =
                new PriceSource(INPUT, run.startedAt().atZone(ZoneOffset.UTC).toLocalDate());
        Currency currency = listed.request().currency();
        return listed.with(
                new Rate(own.perGbSecond(), currency, source, false),
                new Rate(own.perMillionRequests().multiply(MILLIONTH), currency, source, false));
    }

    /** From the ARN, {@code arn:partition:lambda:region:account:function:name}; else a name that no price table has. */
    private static String region(Run run) {
        String[] parts = run.before().functionArn().split(":", -1);
        return parts.length > 3 ? parts[3] : "unknown";
    }
}
