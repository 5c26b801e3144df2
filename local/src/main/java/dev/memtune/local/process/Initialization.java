// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.process;

/** What starts an environment. */
public enum Initialization {
    /** An invocation that finds no idle environment. */
    ON_DEMAND("on-demand"),
    /** Provisioned concurrency: before any invocation. */
    PROVISIONED_CONCURRENCY("provisioned-concurrency"),
    /** An invocation, from the snapshot that was made when the version was published. */
    SNAP_START("snap-start");

    private final String wireName;

    Initialization(String wireName) {
        this.wireName = wireName;
    }

    /** As in {@code AWS_LAMBDA_INITIALIZATION_TYPE}. */
    public String wireName() {
        return wireName;
    }
}
