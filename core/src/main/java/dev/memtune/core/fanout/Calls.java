// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.fanout;

import java.util.List;

/**
 * What is called, and who looks on.
 *
 * @param <T> what a call returns
 */
@FunctionalInterface
public interface Calls<T> {

    /**
     * Makes one call; on a thread of its own, at the same time as others. Must end when its thread is interrupted.
     *
     * @param index from 0
     */
    T call(int index) throws Exception;

    /**
     * Takes what came back since the last time, in the order of arrival; always on the calling thread, so it may write
     * without a lock, and may throw to end everything.
     */
    default void arrived(List<CallResult<T>> results) {}

    /** Whether to begin no further call; asked on the calling thread before each one. Calls under way are waited for. */
    default boolean isEnough() {
        return false;
    }
}
