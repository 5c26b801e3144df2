// SPDX-License-Identifier: Apache-2.0
package dev.memtune.cli.account;

import dev.memtune.core.function.FunctionConfiguration;
import dev.memtune.core.price.Architecture;
import dev.memtune.core.price.Cost;
import dev.memtune.core.price.GbSeconds;
import dev.memtune.core.price.Price;
import dev.memtune.core.price.PriceTable;
import dev.memtune.core.search.ColdStartPlanner;
import dev.memtune.core.search.Planners;
import dev.memtune.core.wire.Procedure;
import dev.memtune.core.wire.TuningInput;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a tuning may take at most, known before anything is written or bought.
 *
 * @param powerValues the sizes in MB
 * @param extraSizes how many sizes between these a search may add
 * @param invocationsMax the most invocations
 * @param costMax the most that they cost if each of them runs into the function's time-out, request fees included
 * @param timeMax the longest that it takes, if each of them does
 * @param latestChangesMax how often {@code $LATEST} changes its memory size, the last time back to its own
 */
public record TuningPlan(
        List<Integer> powerValues,
        int extraSizes,
        long invocationsMax,
        Cost costMax,
        Duration timeMax,
        int latestChangesMax) {
    /** The state machine's own time-out. */
    static final Duration EXECUTION_MAX = Duration.ofHours(6);

    /** <a href="https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html">Init</a> is billed too. */
    private static final int INIT_MAX_SECONDS = 10;
    /** An update of a function's configuration, by experience at most; a version that is published is ready by then. */
    private static final Duration PUBLISH = Duration.ofSeconds(10);

    /** Copies the list. */
    public TuningPlan {
        powerValues = List.copyOf(powerValues);
        Objects.requireNonNull(costMax, "costMax");
        Objects.requireNonNull(timeMax, "timeMax");
    }

    /**
     * The plan of an input.
     *
     * @param function {@code $LATEST} as it is
     */
    public static TuningPlan of(TuningInput input, FunctionConfiguration function, PriceTable prices) {
        Price price = prices.price(region(function), Architecture.parse(function.architecture()));
        int extraSizes = Planners.mostExtraSizes(input);
        long perSize = perSize(input);
        int sizes = input.powerValues().size() + extraSizes;
        Integer limit = input.limits().maxInvocations();
        long invocations = Math.min(perSize * sizes, limit == null ? Long.MAX_VALUE : limit);
        int largest = input.powerValues().getLast();
        long bySize = input.powerValues().stream().mapToLong(Integer::longValue).sum() + (long) extraSizes * largest;
        long seconds = (long) function.timeoutSeconds() + INIT_MAX_SECONDS;
        Cost cost = price.compute(GbSeconds.of(seconds * 1_000, 1))
                .times(Math.min(perSize * bySize, invocations * largest))
                .plus(price.requests(invocations));
        Duration publishing = PUBLISH.multipliedBy(versions(input, sizes));
        Duration each = Duration.ofSeconds(seconds)
                .plusMillis(input.procedure().sleepBetweenRunsMs())
                .plusSeconds(processorSeconds(input));
        Duration time = publishing.plus(each.multipliedBy(invocations));
        return new TuningPlan(
                input.powerValues(),
                extraSizes,
                invocations,
                capped(cost, input.limits().maxSpend()),
                time.compareTo(EXECUTION_MAX) < 0 ? time : EXECUTION_MAX,
                changes(input, function.memoryMB(), sizes));
    }

    private static long perSize(TuningInput input) {
        long most = Planners.mostPerSize(input);
        boolean isCold =
                input.procedure().onlyColdStarts() && !input.procedure().dryRun();
        return isCold ? ColdStartPlanner.attemptsMax((int) most) : most;
    }

    private static long versions(TuningInput input, int sizes) {
        return input.procedure().onlyColdStarts() ? perSize(input) * sizes : sizes;
    }

    /** Both processors may take as long as they are waited for. */
    private static long processorSeconds(TuningInput input) {
        long each = Procedure.PROCESSOR_TIMEOUT_SECONDS;
        return (input.procedure().preProcessor() == null ? 0 : each)
                + (input.procedure().postProcessor() == null ? 0 : each);
    }

    private static int changes(TuningInput input, int presentMB, int sizes) {
        long versions = versions(input, sizes);
        boolean isPresentAmong = input.powerValues().contains(presentMB) && versions == sizes;
        return (int) Math.min(Integer.MAX_VALUE, versions - (isPresentAmong ? 1 : 0) + 1);
    }

    private static Cost capped(Cost cost, @Nullable Double limit) {
        if (limit == null) {
            return cost;
        }
        Cost most = new Cost(BigDecimal.valueOf(limit), cost.currency(), cost.estimated());
        return most.compareTo(cost) < 0 ? most : cost;
    }

    private static String region(FunctionConfiguration function) {
        String[] parts = function.functionArn().split(":", -1);
        return parts.length > 3 ? parts[3] : "unknown";
    }

    /** The most money, rounded up to what people read: two digits that count. */
    BigDecimal shownCost() {
        BigDecimal amount = costMax.amount();
        int scale = Math.max(2, 1 - (amount.precision() - amount.scale() - 1));
        return amount.setScale(scale, RoundingMode.UP);
    }
}
