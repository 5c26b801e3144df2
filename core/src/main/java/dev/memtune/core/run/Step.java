// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.run;

/** The steps of the state machine, each a function of its own on AWS. */
public enum Step {
    /** Checks the input, takes the lease, writes the run. */
    INITIALIZE("Initialize"),
    /** Makes arms measurable. */
    PUBLISH("Publish"),
    /** Invokes one arm. */
    EXECUTE("Execute"),
    /** Hands out the next allocations, or decides. */
    ANALYZE("Analyze"),
    /** Moves the alias. */
    PROMOTE("Promote"),
    /** Undoes what the ledger says. */
    CLEAN("Clean"),
    /** Writes the outcome. */
    RECORD("Record");

    private final String state;

    Step(String state) {
        this.state = state;
    }

    /** The name of its state. */
    public String state() {
        return state;
    }
}
