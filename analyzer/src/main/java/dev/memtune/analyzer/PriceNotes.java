// SPDX-License-Identifier: Apache-2.0
package dev.memtune.analyzer;

import dev.memtune.core.price.Price;
import dev.memtune.core.wire.PriceNote;

/** Says what costs are counted with. */
final class PriceNotes {
    private static final long MILLION = 1_000_000;

    private PriceNotes() {}

    static PriceNote of(Price price) {
        return new PriceNote(
                price.region(),
                price.architecture().wireName(),
                price.request().currency().getCurrencyCode(),
                price.perGbSecond().amount().doubleValue(),
                price.requests(MILLION).amount().doubleValue(),
                price.perGbSecond().source().location(),
                price.perGbSecond().source().date().toString(),
                price.perGbSecond().estimated() || price.request().estimated());
    }
}
