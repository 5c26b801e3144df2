// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.process;

/** The environment variable that all processes of an environment have, however they were started. */
final class Marker {
    static final String NAME = "MEMTUNE_ENVIRONMENT";

    private Marker() {}

    /** What all environments of this service have in common: {@code NAME=} and the value's beginning. */
    static String ofService() {
        return NAME + "=" + ProcessHandle.current().pid() + "-";
    }

    /** The variable's value in the environment of this name. */
    static String value(String environment) {
        return ProcessHandle.current().pid() + "-" + environment;
    }

    /** {@code NAME=value} of the environment of this name. */
    static String of(String environment) {
        return ofService() + environment;
    }
}
