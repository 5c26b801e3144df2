// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.fanout;

/**
 * What became of one call.
 *
 * @param <T> what a call returns
 */
public sealed interface CallResult<T> {
    /** Which call, from 0. */
    int index();

    /** It returned. */
    record Returned<T>(int index, T value) implements CallResult<T> {}

    /** It threw. */
    record Threw<T>(int index, Throwable failure) implements CallResult<T> {}

    /** It was under way at the deadline and was interrupted: nobody knows whether it took effect. */
    record TimedOut<T>(int index) implements CallResult<T> {}

    /** It was never begun: there was enough, or the deadline had passed. */
    record NotBegun<T>(int index) implements CallResult<T> {}
}
