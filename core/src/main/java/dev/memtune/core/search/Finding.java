// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.search;

import java.util.Objects;

/**
 * What the curve of durations over sizes says about a function.
 *
 * @param kind in a word
 * @param evidence the figures that say so, in a sentence
 */
public record Finding(Kind kind, String evidence) {
    /** What can be said of a curve. */
    public enum Kind {
        /** Memory does not help: it waits for others. */
        WAITING("it mostly waits; more memory cannot make it faster, doing its calls in parallel can"),
        /** One thread: above one vCPU nothing is gained. */
        SINGLE_THREADED("it computes on one thread; above 1,769 MB the memory's processors are paid for and not used"),
        /** Far too slow below some size, for lack of memory. */
        MEMORY_PRESSURE("it is short of memory below that size, and spends its time on making room"),
        /** Shorter than what the share of a processor is dealt out in. */
        QUANTUM("it is so short that below one vCPU its time falls in steps; a size just above a step costs least"),
        /** Starting costs more than running. */
        COLD_STARTS("starting takes most of its billed time; make it start less often or faster before tuning it");

        private final String meaning;

        Kind(String meaning) {
            this.meaning = meaning;
        }

        /** What it means and what to do, in words. */
        public String meaning() {
            return meaning;
        }
    }

    /** Checks that nothing is null. */
    public Finding {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(evidence, "evidence");
    }
}
