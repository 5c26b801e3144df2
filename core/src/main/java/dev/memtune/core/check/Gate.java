// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.check;

import dev.memtune.core.wire.CheckInput;
import java.util.ArrayList;
import java.util.List;

/** What a candidate has to keep to. */
public sealed interface Gate {
    /** The names of all kinds. */
    enum Kind {
        /** How much dearer than the baseline an invocation may be, request fee included. */
        COST_INCREASE("max-cost-increase"),
        /** How much longer than the baseline's the handler's mean duration may be. */
        DURATION_INCREASE("max-duration-increase"),
        /** The handler's duration that 95 % of invocations must keep within. */
        P95("p95"),
        /** What a million invocations may cost, request fee included. */
        COST_PER_MILLION("max-cost-per-million");

        private final String wireName;

        Kind(String wireName) {
            this.wireName = wireName;
        }

        /** The name in JSON and, after two dashes, on the command line. */
        public String wireName() {
            return wireName;
        }
    }

    /** Which kind it is. */
    Kind kind();

    /** The limit: a share for increases, milliseconds for a duration, money for a cost. */
    double limit();

    /** The mean cost of an invocation, against the baseline's. */
    record CostIncrease(double limit) implements Gate {
        /** @throws IllegalArgumentException if the limit is negative */
        public CostIncrease {
            require(limit >= 0, limit);
        }

        @Override
        public Kind kind() {
            return Kind.COST_INCREASE;
        }
    }

    /** The mean duration of the handler, against the baseline's. */
    record DurationIncrease(double limit) implements Gate {
        /** @throws IllegalArgumentException if the limit is negative */
        public DurationIncrease {
            require(limit >= 0, limit);
        }

        @Override
        public Kind kind() {
            return Kind.DURATION_INCREASE;
        }
    }

    /** The 95th percentile of the candidate's duration, in milliseconds. */
    record P95(double limit) implements Gate {
        /** The share of invocations that must keep within the limit. */
        public static final double SHARE = 0.95;

        /** @throws IllegalArgumentException if the limit is not above 0 */
        public P95 {
            require(limit > 0, limit);
        }

        @Override
        public Kind kind() {
            return Kind.P95;
        }
    }

    /** The mean cost of a million of the candidate's invocations. */
    record CostPerMillion(double limit) implements Gate {
        /** @throws IllegalArgumentException if the limit is not above 0 */
        public CostPerMillion {
            require(limit > 0, limit);
        }

        @Override
        public Kind kind() {
            return Kind.COST_PER_MILLION;
        }
    }

    /** The gates that an input asks for, at least one. */
    static List<Gate> of(CheckInput input) {
        List<Gate> gates = new ArrayList<>();
        Double cost = input.maxCostIncrease();
        Double duration = input.maxDurationIncrease();
        Double p95 = input.p95Ms();
        Double million = input.maxCostPerMillion();
        if (cost != null) {
            gates.add(new CostIncrease(cost));
        }
        if (duration != null) {
            gates.add(new DurationIncrease(duration));
        }
        if (p95 != null) {
            gates.add(new P95(p95));
        }
        if (million != null) {
            gates.add(new CostPerMillion(million));
        }
        return gates;
    }

    private static void require(boolean holds, double limit) {
        if (!holds || !Double.isFinite(limit)) {
            throw new IllegalArgumentException("a gate's limit must be in range, got: " + limit);
        }
    }
}
