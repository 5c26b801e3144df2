// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.price;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.util.List;

/**
 * The rates of one region and architecture: <a href="https://aws.amazon.com/lambda/pricing/">AWS Lambda Pricing</a>, <a
 * href="https://aws.amazon.com/step-functions/pricing/">AWS Step Functions Pricing</a>.
 *
 * @param region the region asked for, also where the rates are another's
 * @param architecture of the function
 * @param duration the tiers of billed duration, in order, the last without end
 * @param request a request
 * @param ephemeralStorage a GB-second of ephemeral storage above 512 MB
 * @param provisionedConcurrency a GB-second of provisioned concurrency
 * @param provisionedDuration a GB-second of duration on provisioned concurrency
 * @param snapStartCache a GB-second of a published SnapStart version; Java is free of it
 * @param snapStartRestore a GB restored; Java is free of it
 * @param stateTransition a transition of a Standard state machine
 */
public record Price(
        String region,
        Architecture architecture,
        List<DurationTier> duration,
        Rate request,
        Rate ephemeralStorage,
        Rate provisionedConcurrency,
        Rate provisionedDuration,
        Rate snapStartCache,
        Rate snapStartRestore,
        Rate stateTransition) {
    /** The ephemeral storage that costs nothing. */
    public static final int FREE_EPHEMERAL_MB = 512;
    /** What a published SnapStart version is charged for at least: three hours. */
    public static final long MIN_SNAPSTART_SECONDS = 3 * 3_600L;

    private static final BigDecimal MB_PER_GB = BigDecimal.valueOf(1_024);

    /** @throws IllegalArgumentException if the tiers are not in order with the last one open */
    public Price {
        requireNonNull(region, "region");
        requireNonNull(architecture, "architecture");
        duration = List.copyOf(duration);
        requireTiers(duration);
    }

    private static void requireTiers(List<DurationTier> tiers) {
        if (tiers.isEmpty() || tiers.getLast().upToGbSeconds() != null) {
            throw new IllegalArgumentException("the last tier of duration must be open, got: " + tiers);
        }
        BigDecimal from = BigDecimal.ZERO;
        for (DurationTier tier : tiers.subList(0, tiers.size() - 1)) {
            BigDecimal end = tier.upToGbSeconds();
            if (end == null || end.compareTo(from) <= 0) {
                throw new IllegalArgumentException("the tiers of duration must end one after the other, got: " + tiers);
            }
            from = end;
        }
    }

    /** Returns what a GB-second of billed duration costs, in the first tier. */
    public Rate perGbSecond() {
        return duration.getFirst().rate();
    }

    /** Returns the cost of billed duration, in the first tier and without any free tier. */
    public Cost compute(GbSeconds used) {
        return perGbSecond().times(used.value());
    }

    /** Returns the cost of a number of requests, whatever they did. */
    public Cost requests(long count) {
        return request.times(BigDecimal.valueOf(count));
    }

    /** Returns the cost of one invocation: its billed duration and its request. */
    public Cost invocation(long billedMs, int memoryMB) {
        return compute(GbSeconds.of(billedMs, memoryMB)).plus(requests(1));
    }

    /** Returns the cost of the ephemeral storage of a function over a billed duration. */
    public Cost ephemeralStorage(BigDecimal billedMs, int ephemeralMB) {
        int charged = Math.max(0, ephemeralMB - FREE_EPHEMERAL_MB);
        return ephemeralStorage.times(GbSeconds.of(billedMs, charged).value());
    }

    /** Returns the cost of a month's billed duration over all tiers, without any free tier. */
    public Cost computePerMonth(GbSeconds used) {
        Cost sum = Cost.zero(perGbSecond().currency());
        BigDecimal from = BigDecimal.ZERO;
        for (DurationTier tier : duration) {
            BigDecimal end = tier.upToGbSeconds();
            BigDecimal until = end == null ? used.value() : end.min(used.value());
            sum = sum.plus(tier.rate().times(until.subtract(from).max(BigDecimal.ZERO)));
            from = until.max(from);
        }
        return sum;
    }

    /** Returns the cost of a number of transitions of a Standard state machine; each retry is one. */
    public Cost stateTransitions(long count) {
        return stateTransition.times(BigDecimal.valueOf(count));
    }

    /**
     * Returns the cost of a published SnapStart version, three hours at least. Not to be asked for a Java managed runtime,
     * which is free of it.
     */
    public Cost snapStartVersion(int memoryMB, long seconds) {
        long charged = Math.max(seconds, MIN_SNAPSTART_SECONDS);
        return snapStartCache.times(
                GbSeconds.of(Math.multiplyExact(charged, 1_000L), memoryMB).value());
    }

    /** Returns the cost of a number of restores. Not to be asked for a Java managed runtime, which is free of it. */
    public Cost snapStartRestores(int memoryMB, long count) {
        // Exact: 1,024 divides every whole number in ten decimals.
        BigDecimal gb = BigDecimal.valueOf(memoryMB).divide(MB_PER_GB);
        return snapStartRestore.times(gb.multiply(BigDecimal.valueOf(count)));
    }

    /** Returns the cost of provisioned concurrency: what is configured, and the billed duration that it served. */
    public Cost provisioned(GbSeconds configured, GbSeconds used) {
        return provisionedConcurrency.times(configured.value()).plus(provisionedDuration.times(used.value()));
    }

    /** Returns this price with other rates of duration and requests, which hold for every tier: the user's own. */
    public Price with(Rate perGbSecond, Rate perRequest) {
        return new Price(
                region,
                architecture,
                List.of(new DurationTier(null, perGbSecond)),
                perRequest,
                ephemeralStorage,
                provisionedConcurrency,
                provisionedDuration,
                snapStartCache,
                snapStartRestore,
                stateTransition);
    }
}
