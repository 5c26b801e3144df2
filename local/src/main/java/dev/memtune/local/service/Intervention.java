// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.service;

import dev.memtune.local.function.LambdaFault;
import java.time.Duration;

/** What happens to a call instead of, or after, its effect. */
public sealed interface Intervention {
    /** Nothing special. */
    Intervention PROCEED = new Proceed();

    /** The call is served as it is. */
    record Proceed() implements Intervention {}

    /**
     * The call has no effect and is answered with this fault.
     *
     * @param fault the answer
     */
    record FailBefore(LambdaFault fault) implements Intervention {}

    /**
     * The call has its effect and is answered with this fault.
     *
     * @param fault the answer
     */
    record FailAfter(LambdaFault fault) implements Intervention {}

    /** The call has no effect and the connection is closed without an answer. */
    record LoseBefore() implements Intervention {}

    /** The call has its effect and the connection is closed without an answer. */
    record LoseAfter() implements Intervention {}

    /**
     * The connection is closed without an answer at once, and the call has its effect some time later: as when a request
     * is still on its way while the caller has given up.
     *
     * @param delay from the closing of the connection to the effect
     */
    record LateEffect(Duration delay) implements Intervention {}

    /**
     * The call is served, late: a caller may give up while it is still going to have its effect, or has had it.
     *
     * @param beforeEffect the time before the effect
     * @param beforeAnswer the time between the effect and the answer
     */
    record Slow(Duration beforeEffect, Duration beforeAnswer) implements Intervention {}
}
