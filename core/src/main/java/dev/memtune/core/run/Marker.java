// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.run;

/** The descriptions by which versions and aliases are known as a run's own. Never their name alone. */
public final class Marker {
    private Marker() {}

    /** The description of a version: run, size and a nonce that no other publication of the run has. */
    public static String ofVersion(String runId, int memoryMB, int nonce) {
        return ofAlias(runId) + " size=" + memoryMB + " nonce=" + nonce;
    }

    /** The description of an alias of this run. */
    public static String ofAlias(String runId) {
        return "memtune run=" + runId;
    }

    /** The description of a user's alias that did not exist before this run promoted it. */
    public static String ofPromotion(String runId) {
        return "promoted by memtune run=" + runId;
    }

    /** The name of this run's alias for an arm; later attempts give other names, for the case that one is taken. */
    public static String aliasName(String runId, Arm arm, int attempt) {
        String repetition = arm.repetition() == 0 ? "" : "c" + arm.repetition();
        String name = "memtune-" + arm.memoryMB() + repetition + "-" + runId;
        return attempt == 0 ? name : name + "-" + attempt;
    }
}
