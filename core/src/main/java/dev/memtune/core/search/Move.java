// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.search;

import java.util.List;
import java.util.Optional;

/** What a planner wants. */
public sealed interface Move {

    /**
     * Buy more invocations.
     *
     * @param purchases what to buy, one entry per arm, never empty
     */
    record Allocate(List<Purchase> purchases) implements Move {
        /** @throws IllegalArgumentException if there is nothing to buy */
        public Allocate {
            purchases = List.copyOf(purchases);
            if (purchases.isEmpty()) {
                throw new IllegalArgumentException("purchases must not be empty, got: []");
            }
        }
    }

    /**
     * It is settled.
     *
     * @param standings every arm that was measured, the best first, the others by their order of memory size; empty if
     *     nothing could be measured at all
     * @param separated whether no other arm is better than the best by more than the tolerance, at the stated confidence
     * @param remarks what to know before acting upon it, each flag at most once
     */
    record Decide(List<Standing> standings, boolean separated, List<Remark> remarks) implements Move {
        /** Copies the lists. */
        public Decide {
            standings = List.copyOf(standings);
            remarks = List.copyOf(remarks);
        }

        /** Without remarks. */
        public Decide(List<Standing> standings, boolean separated) {
            this(standings, separated, List.of());
        }

        /** The best arm; empty if nothing could be measured. */
        public Optional<Standing> best() {
            return standings.stream().findFirst();
        }
    }
}
