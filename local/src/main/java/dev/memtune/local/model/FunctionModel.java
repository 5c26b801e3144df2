// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.model;

import java.util.Objects;

/**
 * What a modelled function does.
 *
 * @param curve how long it takes
 * @param failureRate the part of its invocations that end in a function error, 0 to 1
 * @param failureType the error type of these
 * @param recycleRate the part of its invocations after which the environment is gone and the next one starts cold, 0 to 1
 * @param pace how much of its duration really passes: 0 for none, 1 for all of it
 * @param seed of everything that is drawn
 */
public record FunctionModel(
        Curve curve, double failureRate, String failureType, double recycleRate, double pace, long seed) {
    /** @throws IllegalArgumentException if a rate is not between 0 and 1, or the pace not between 0 and 10 */
    public FunctionModel {
        Objects.requireNonNull(curve, "curve");
        Objects.requireNonNull(failureType, "failureType");
        require("failureRate", failureRate, 1);
        require("recycleRate", recycleRate, 1);
        require("pace", pace, 10);
    }

    /** A model that never fails, stays warm and takes no real time. */
    public static FunctionModel of(Curve curve, long seed) {
        return new FunctionModel(curve, 0, "ModelledError", 0, 0, seed);
    }

    private static void require(String field, double value, double most) {
        if (!(value >= 0 && value <= most)) {
            throw new IllegalArgumentException(field + " must be between 0 and " + (int) most + ", got: " + value);
        }
    }
}
