// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.wire;

/** What an algorithm is to its platform; says which isolation wrapper it carries while it is tested. */
public enum AlgorithmType {
    /** Takes its work from a queue. */
    IN,
    /** Puts its results into a queue or a bucket. */
    OUT,
    /** Turns one event into one answer and touches nothing else. */
    TRANSFORM
}
